import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Reading with the model takes a moment on a slow machine; a hung test still ends.
    testTimeout: 30_000,
    // Vitest leaves one processor to itself, of two as of sixteen; many tests wait for processes of their own.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});

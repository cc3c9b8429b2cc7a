import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Reading with the model takes a moment on a slow machine; a hung test still ends.
    testTimeout: 30_000,
  },
});

import { MemoryStore } from "../../lib/store/memory-store.ts";
import { contract } from "./contract.ts";

contract("memory", () => Promise.resolve(new MemoryStore()));

import { costTables } from "./costs-table.ts";

// node bench/costs.ts: the tables of docs/costs.md. Prices and what was measured stand in costs-table.ts.

process.stdout.write(costTables());

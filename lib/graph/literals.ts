import { DataFactory, type Literal } from "n3";
import { xsd } from "./vocabulary.ts";

/** Names and quoted words: plain strings, never with a language tag. */
export function text(value: string): Literal {
  // Half a surrogate pair cannot be written as UTF-8; every syntax would replace it, each in its own way.
  return DataFactory.literal(value.isWellFormed() ? value : value.toWellFormed());
}

/** A day as written, YYYY-MM-DD; `validateDataset` rejects a malformed one. */
export function date(value: string): Literal {
  return DataFactory.literal(value, xsd.date);
}

export function integer(value: number): Literal {
  return DataFactory.literal(String(value), xsd.integer);
}

export function boolean(value: boolean): Literal {
  return DataFactory.literal(String(value), xsd.boolean);
}

/** Two decimals at most, in the canonical form of XSD 1.0: "0.9", "1.0". */
export function decimal(value: number): Literal {
  return DataFactory.literal(value.toFixed(2).replace(/0$/, ""), xsd.decimal);
}

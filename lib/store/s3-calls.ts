import type { GetObjectCommandOutput } from "@aws-sdk/client-s3";
import { CommuniqueError } from "../errors/communique-error.ts";
import { retry } from "./retry.ts";
import { isTransient } from "./s3-errors.ts";

const RETRIES = { attempts: 8, firstMs: 50, longestMs: 5000 };

/** Runs a call of S3 again after failures that may pass. The client must not retry by itself. */
export function retryCall<T>(call: (attempt: number) => Promise<T>): Promise<T> {
  return retry(call, isTransient, RETRIES);
}

/**
 * Reads a body whole, or throws: a stream that breaks off is to be retried with its request.
 *
 * @throws CommuniqueError "input-too-large" for more than `limit` bytes, before any of them is read.
 */
export async function readBody({ Body, ContentLength }: Pick<GetObjectCommandOutput, "Body" | "ContentLength">, key: string, limit: number): Promise<Uint8Array> {
  if (ContentLength === undefined || ContentLength > limit) {
    await Body?.transformToWebStream().cancel();
    throw new CommuniqueError("input-too-large", `The object ${key} has ${ContentLength ?? "no stated number of"} bytes.`);
  }
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  if (bytes.length !== ContentLength) throw Object.assign(new Error(`The object ${key} was cut off.`), { code: "ECONNRESET" });
  return bytes;
}

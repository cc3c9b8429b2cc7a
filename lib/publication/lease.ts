import { PreconditionFailed, type ObjectStore } from "../store/types.ts";
import { fromJson, toJson } from "./codec.ts";
import { headersOf, keys } from "./layout.ts";
import type { Lease } from "./states.ts";

/** Milliseconds a lease holds unless renewed. */
export const LEASE_MS = 30_000;

/**
 * Takes or renews the lease to apply; false where another holds it. It keeps two from doing the same work, no more: whoever
 * goes on without it is stopped by the conditions of its writes.
 */
export async function takeLease(store: ObjectStore, holder: string, now: number): Promise<boolean> {
  const key = keys.state.lease;
  const found = await store.get(key);
  if (found !== undefined) {
    const lease = fromJson<Lease>(found.body);
    if (lease.holder !== holder && lease.expires > now) return false;
  }
  return write(store, { holder, expires: now + LEASE_MS }, found?.etag);
}

/** Gives the lease back, where it is still held. */
export async function giveLease(store: ObjectStore, holder: string): Promise<void> {
  const found = await store.get(keys.state.lease);
  if (found !== undefined && fromJson<Lease>(found.body).holder === holder) await write(store, { holder: "", expires: 0 }, found.etag);
}

async function write(store: ObjectStore, lease: Lease, etag: string | undefined): Promise<boolean> {
  const key = keys.state.lease;
  try {
    await store.put(key, toJson(lease), headersOf(key), etag === undefined ? { ifNoneMatch: "*" } : { ifMatch: etag });
    return true;
  } catch (error) {
    if (error instanceof PreconditionFailed) return false;
    throw error;
  }
}

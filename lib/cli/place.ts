import { CommuniqueError } from "../errors/communique-error.ts";
import type { ObjectStore } from "../store/types.ts";
import { openStack, type StackPlace } from "./stack-place.ts";

/** Where a publication is: a folder or bucket, or a deployed stack. */
export type Place = { readonly target: string } | { readonly stack: StackPlace };

/** @throws CommuniqueError "option-invalid" unless exactly one of the two is given; "stack-invalid" for a stack that cannot be found. */
export async function findPlace(target: string | undefined, stack: string | undefined): Promise<Place> {
  if (target !== undefined && stack === undefined) return { target };
  if (target === undefined && stack !== undefined) return { stack: await openStack(stack) };
  throw new CommuniqueError("option-invalid", "give a place (DIR or s3://bucket/prefix) or --stack NAME, one of them");
}

/** What `openPublication` opens. */
export function storeOf(place: Place): string | ObjectStore {
  return "stack" in place ? place.stack.published : place.target;
}

export function nameOf(place: Place): string {
  return "stack" in place ? `the stack ${place.stack.name}` : place.target;
}

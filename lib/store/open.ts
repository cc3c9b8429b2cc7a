import { CommuniqueError } from "../errors/communique-error.ts";
import { FileStore, type FileStoreOptions } from "./file-store.ts";
import type { ObjectStore } from "./types.ts";

/**
 * The store that a user names: `s3://bucket/prefix`, or a folder (which need not be there before the first write). The AWS SDK is
 * loaded for the first only; credentials and region are those of its environment, `S3_ENDPOINT` names another server.
 *
 * @throws CommuniqueError "option-invalid" for any other URL, and for a bucket or prefix that cannot be.
 */
export async function openStore(target: string, options: FileStoreOptions = {}): Promise<ObjectStore> {
  const s3 = /^s3:\/\/([^/]*)\/?(.*)$/s.exec(target);
  if (s3 !== null) {
    const { S3Store } = await import("./s3-store.ts");
    return new S3Store(s3[1] ?? "", s3[2]);
  }
  // One letter before a colon is a drive of Windows.
  if (target === "" || target.includes("\0") || /^[a-z][a-z0-9+.-]+:/i.test(target)) {
    throw new CommuniqueError("option-invalid", `${JSON.stringify(target)} is no place to publish to: a folder or s3://bucket/prefix.`);
  }
  return new FileStore(target, options);
}

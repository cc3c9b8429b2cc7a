export { changeBucket, EMPTY_BUCKET, type BucketChange } from "./bucket.ts";
export { linkMeetings } from "./cluster.ts";
export { bucketOf, reportsOf, signatureKey } from "./report.ts";
export type { Bucket, LinkedMeeting, Report, Signature } from "./types.ts";

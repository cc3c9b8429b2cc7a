import { checkBase } from "../graph/iris.ts";
import type { ObjectStore } from "../store/types.ts";

/** A deployed stack, as the command sees it. */
export interface StackPlace {
  readonly name: string;
  /** Base IRI of all that it publishes. */
  readonly base: string;
  /** Where articles are dropped, under `in/`, and where reasons of refusal lie. */
  readonly articles: ObjectStore;
  /** `s3://bucket/` of the same, to be shown. */
  readonly articlesUrl: string;
  /** What it published, with its log. */
  readonly published: ObjectStore;
}

/**
 * Finds a deployed stack by its name. The AWS SDK is loaded only here; region, credentials and endpoints are those of its environment.
 *
 * @throws CommuniqueError "stack-invalid" where it cannot be found.
 */
export async function openStack(name: string): Promise<StackPlace> {
  const [{ readStackOutputs }, { S3Store }, { SplitStore }] = await Promise.all([import("../aws/stack-outputs.ts"), import("../store/s3-store.ts"), import("../store/split-store.ts")]);
  const outputs = await readStackOutputs(name, ["BaseUrl", "ArticlesBucket", "LogBucket", "PublishedBucket"]);
  return {
    name,
    base: checkBase(outputs.BaseUrl),
    articles: new S3Store(outputs.ArticlesBucket),
    articlesUrl: `s3://${outputs.ArticlesBucket}/`,
    published: new SplitStore({ prefix: "log/", part: new S3Store(outputs.LogBucket), rest: new S3Store(outputs.PublishedBucket) }),
  };
}

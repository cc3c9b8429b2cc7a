/**
 * Runs `work` on the items of a source, up to `limit` at once, and yields the results in the order of the items. At most
 * `limit` results wait, so that memory stays constant however long the source is.
 */
export async function* inOrder<T, R>(source: AsyncIterable<T>, limit: number, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  const waiting: Promise<R>[] = [];
  try {
    for await (const item of source) {
      const result = work(item);
      // Looked at only when its turn comes; until then a rejection is not unhandled.
      result.catch(() => undefined);
      waiting.push(result);
      if (waiting.length >= limit) yield await (waiting.shift() as Promise<R>);
    }
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) yield await next;
  } finally {
    await Promise.allSettled(waiting);
  }
}

/** How many requests to a store run at once. */
const WIDTH = 16;

/** Maps a list with a bounded number of calls at once; results in the order of the list. The first failure ends it. */
export async function inParallel<Item, Result>(items: readonly Item[], run: (item: Item) => Promise<Result>, width: number = WIDTH): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      const item = items[index] as Item;
      results[index] = await run(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}

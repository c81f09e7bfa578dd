/**
 * All that there is, a page after the other until one is empty, each read by the last of the one before: so any number
 * fits in memory, no cursor outlives a restart of a server, and what comes or goes meanwhile moves nothing else.
 */
export async function* pages<T>(read: (last: T | undefined) => T[] | Promise<T[]>): AsyncIterable<T[]> {
  for (let page = await read(undefined); page.length > 0; page = await read(page.at(-1))) yield page;
}

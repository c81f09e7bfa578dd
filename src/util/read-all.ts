/** All bytes of a stream, in one piece; for streams whose size is bounded where they were written. */
export async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  const [first] = all;
  return first && all.length === 1 ? first : Buffer.concat(all);
}

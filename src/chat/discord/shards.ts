import { z } from 'zod';

/** A part of all shards, by their ids. */
export interface Share {
  shards: readonly number[];
  /** Of how many. */
  total: number;
}

/** Discord has no bot that needs so many. */
const MAX_TOTAL = 100_000;

const SHARDS_RULE =
  'must be auto, or a part of all shards like 0-15/32: the first, the last, and how many there are in all';

/** What SHARDS says: `auto`, or a part that this process hears. */
export const shardsSchema = z.string().transform((text, context): 'auto' | Share => {
  const trimmed = text.trim();
  if (trimmed === 'auto') return trimmed;
  const wrong = (rule: string) => {
    context.addIssue(rule);
    return z.NEVER;
  };
  const [, from, to = from, of] = /^(\d{1,6})(?:-(\d{1,6}))?\/(\d{1,6})$/.exec(trimmed) ?? [];
  if (of === undefined) return wrong(SHARDS_RULE);
  const [first, last, total] = [Number(from), Number(to), Number(of)];
  if (total < 1 || total > MAX_TOTAL) return wrong(`must have 1 to ${MAX_TOTAL} shards in all`);
  if (first > last) return wrong(`must name the lower shard first: ${last}-${first}/${total}`);
  if (last >= total) return wrong(`must end at ${total - 1}, the last of ${total}: shards are counted from 0`);
  return { shards: Array.from({ length: last - first + 1 }, (_, n) => first + n), total };
});

/** "0-7, 12"; of shards in any order. */
function rangesOf(shards: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const shard of shards.toSorted((a, b) => a - b)) {
    const open = ranges.at(-1);
    if (open && shard === open[1] + 1) open[1] = shard;
    else ranges.push([shard, shard]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

/** "shards 0-7 of 16", "shard 3 of 4", "none of 16 shards". */
export function shareWords({ shards, total }: Share): string {
  if (shards.length === 0) return total === 1 ? 'nothing' : `none of ${total} shards`;
  return `${shards.length === 1 ? 'shard' : 'shards'} ${rangesOf(shards)} of ${total}`;
}

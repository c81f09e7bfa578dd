import { type Bench, machine, type Result } from './bench.ts';

/** Every bench, loaded when it is asked for. */
const BENCHES: Record<string, () => Promise<Bench>> = {
  pictures: async () => (await import('./pictures.ts')).pictures,
  preview: async () => (await import('./preview.ts')).preview,
  store: async () => (await import('./store.ts')).store,
  scale: async () => (await import('./scale.ts')).scale,
  start: async () => (await import('./start.ts')).start,
  ack: async () => (await import('./ack.ts')).ack,
  pace: async () => (await import('./pace.ts')).pace,
  page: async () => (await import('./page.ts')).page,
  gallery: async () => (await import('./gallery.ts')).gallery,
  telegram: async () => (await import('./telegram.ts')).telegram,
  discord: async () => (await import('./discord.ts')).discord,
  gateway: async () => (await import('./gateway-memory.ts')).gatewayMemory,
};

/** `npm run bench -- NAME [--json]`. Gives the exit code: 0 where all goals hold, 1 where one does not, 2 for misuse. */
async function main(args: string[]): Promise<number> {
  const json = args.includes('--json');
  const [name = '', ...others] = args.filter((arg) => arg !== '--json');
  const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!load || others.length > 0) {
    console.error(`Say which: npm run bench -- NAME [--json], with NAME one of ${Object.keys(BENCHES).join(', ')}.`);
    return 2;
  }
  const results = await (await load())();
  console.log(table(results));
  if (json) console.log(JSON.stringify({ bench: name, machine: machine(), results }));
  return results.every(({ holds }) => holds) ? 0 : 1;
}

function table(results: Result[]): string {
  const rows = results.map(({ name, value, unit, goal, holds }) => [
    ...[name, `${value} ${unit}`.trim(), goal ?? ''],
    goal === null ? '' : holds ? 'holds' : 'DOES NOT HOLD',
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

// Not left to itself: agenda keeps a timer of ten minutes for each job it has done.
process.exit(await main(process.argv.slice(2)));

import { parseArgs } from 'node:util';
import { runSoak } from './soak.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { minutes: { ...text, default: '10' }, rate: { ...text, default: '4' } } });
const { figures, wrong } = await runSoak({
  minutes: Number(values.minutes),
  rate: Number(values.rate),
  say: ({ when, ...figures }) => console.log(`${when}: ${JSON.stringify(figures)}`),
});
console.table(figures);
for (const sentence of wrong) console.log(`WRONG: ${sentence}`);
// Whoever still waits for its turn to ask is not waited for.
process.exit(wrong.length === 0 ? 0 : 1);

import { parseArgs } from 'node:util';
import { runOrdinary } from './ordinary/ordinary.ts';
import { runSoak } from './soak.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    minutes: { ...text, default: '10' },
    rate: text,
    /** What people see under ordinary load, instead of what the program holds at its edge. */
    ordinary: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
if (values.ordinary) {
  const { rows, odd, late, errors } = await runOrdinary({ minutes, rate: Number(values.rate ?? '1') });
  console.table(rows.filter(({ place }) => place !== 'all'));
  console.table(rows.filter(({ place }) => place === 'all'));
  for (const line of odd) console.log(`ODD: ${line}`);
  for (const line of late) console.log(`LATE: ${line}`);
  for (const line of errors) console.log(`ERROR: ${line}`);
  console.log(`errors in the log: ${errors.length}`);
  process.exit(0);
}
const { figures, wrong } = await runSoak({
  minutes,
  rate: Number(values.rate ?? '4'),
  say: ({ when, ...figures }) => console.log(`${when}: ${JSON.stringify(figures)}`),
});
console.table(figures);
for (const sentence of wrong) console.log(`WRONG: ${sentence}`);
// Whoever still waits for its turn to ask is not waited for.
process.exit(wrong.length === 0 ? 0 : 1);

import { parseArgs } from 'node:util';
import { runChaos } from './chaos.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    minutes: { ...text, default: '3' },
    store: { ...text, default: 'sqlite' },
    blobs: text,
    chat: { ...text, default: 'web' },
    tasks: { ...text, default: '300' },
    budget: text,
  },
});
const store = values.store === 'mongo' ? 'mongo' : 'sqlite';
const chat = values.chat === 'discord' || values.chat === 'telegram' ? values.chat : 'web';
const verdict = await runChaos({
  store,
  blobs: values.blobs === 's3' ? 's3' : undefined,
  chat,
  minutes: Number(values.minutes),
  tasks: Number(values.tasks),
  budget: values.budget === undefined ? undefined : Number(values.budget),
  say: (line) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`),
});
const { wrong, ...counts } = verdict;
console.table(counts);
for (const sentence of wrong) console.log(`WRONG: ${sentence}`);
process.exitCode = wrong.length === 0 ? 0 : 1;

import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const quota: Messages['quota'] = (q) => {
  const waits =
    q.mostWaiting === undefined
      ? `${q.waiting} in Arbeit`
      : `${q.waiting} in Arbeit, von höchstens ${q.mostWaiting} gleichzeitig`;
  const day =
    q.mostToday === undefined ? `${q.today} heute angefragt` : `${q.today} von ${q.mostToday} heute angefragt (UTC)`;
  const chat = [
    ...(q.chat?.mostWaiting === undefined ? [] : [`${q.chat.waiting} von ${q.chat.mostWaiting} in Arbeit`]),
    ...(q.chat?.mostToday === undefined ? [] : [`${q.chat.today} von ${q.chat.mostToday} heute`]),
  ];
  const all = chat.length === 0 ? [] : [`Alle in diesem Chat: ${chat.join(', ')}`];
  const left = q.budgetLeft === undefined ? [] : [`Heute noch für alle: ${countedCredits(q.budgetLeft)}`];
  return ['Deine Clips:', waits, day, ...all, ...left].join('\n');
};

import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const quota: Messages['quota'] = (q) => {
  const waits =
    q.mostWaiting === undefined
      ? `${q.waiting} en cours`
      : `${q.waiting} en cours, sur ${q.mostWaiting} au plus à la fois`;
  const day = `Demandés aujourd’hui${q.mostToday === undefined ? ` : ${q.today}` : ` (UTC) : ${q.today} sur ${q.mostToday}`}`;
  const chat = [
    ...(q.chat?.mostWaiting === undefined ? [] : [`${q.chat.waiting} sur ${q.chat.mostWaiting} en cours`]),
    ...(q.chat?.mostToday === undefined ? [] : [`${q.chat.today} sur ${q.chat.mostToday} aujourd’hui`]),
  ];
  const all = chat.length === 0 ? [] : [`Toute cette discussion : ${chat.join(', ')}`];
  const left = q.budgetLeft === undefined ? [] : [`Reste aujourd’hui en tout : ${countedCredits(q.budgetLeft)}`];
  return ['Tes clips :', waits, day, ...all, ...left].join('\n');
};

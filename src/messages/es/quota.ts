import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const quota: Messages['quota'] = (q) => {
  const waits =
    q.mostWaiting === undefined
      ? `${q.waiting} en curso`
      : `${q.waiting} en curso, de ${q.mostWaiting} como máximo a la vez`;
  const day = `Pedidos hoy${q.mostToday === undefined ? `: ${q.today}` : ` (UTC): ${q.today} de ${q.mostToday}`}`;
  const chat = [
    ...(q.chat?.mostWaiting === undefined ? [] : [`${q.chat.waiting} de ${q.chat.mostWaiting} en curso`]),
    ...(q.chat?.mostToday === undefined ? [] : [`${q.chat.today} de ${q.chat.mostToday} hoy`]),
  ];
  const all = chat.length === 0 ? [] : [`Todo este chat: ${chat.join(', ')}`];
  const left = q.budgetLeft === undefined ? [] : [`Quedan hoy en total: ${countedCredits(q.budgetLeft)}`];
  return ['Tus clips:', waits, day, ...all, ...left].join('\n');
};

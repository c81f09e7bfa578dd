import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const quota: Messages['quota'] = (q) => {
  const waits =
    q.mostWaiting === undefined
      ? `${q.waiting} em andamento`
      : `${q.waiting} em andamento, de até ${q.mostWaiting} por vez`;
  const day = `Pedidos hoje${q.mostToday === undefined ? `: ${q.today}` : ` (UTC): ${q.today} de ${q.mostToday}`}`;
  const chat = [
    ...(q.chat?.mostWaiting === undefined ? [] : [`${q.chat.waiting} de ${q.chat.mostWaiting} em andamento`]),
    ...(q.chat?.mostToday === undefined ? [] : [`${q.chat.today} de ${q.chat.mostToday} hoje`]),
  ];
  const all = chat.length === 0 ? [] : [`Este chat inteiro: ${chat.join(', ')}`];
  const left = q.budgetLeft === undefined ? [] : [`Ainda restam hoje, no total: ${countedCredits(q.budgetLeft)}`];
  return ['Seus clipes:', waits, day, ...all, ...left].join('\n');
};

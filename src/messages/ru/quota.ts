import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const quota: Messages['quota'] = (q) => {
  const waits =
    q.mostWaiting === undefined
      ? `В работе: ${q.waiting}`
      : `В работе: ${q.waiting}, одновременно можно ${q.mostWaiting}`;
  const day =
    q.mostToday === undefined ? `Запросов сегодня: ${q.today}` : `Запросов сегодня: ${q.today} из ${q.mostToday} (UTC)`;
  const chat = [
    ...(q.chat?.mostWaiting === undefined ? [] : [`в работе ${q.chat.waiting} из ${q.chat.mostWaiting}`]),
    ...(q.chat?.mostToday === undefined ? [] : [`сегодня ${q.chat.today} из ${q.chat.mostToday}`]),
  ];
  const all = chat.length === 0 ? [] : [`Все в этом чате: ${chat.join(', ')}`];
  const left = q.budgetLeft === undefined ? [] : [`На всех сегодня ещё осталось: ${countedCredits(q.budgetLeft)}`];
  return ['Твои клипы:', waits, day, ...all, ...left].join('\n');
};

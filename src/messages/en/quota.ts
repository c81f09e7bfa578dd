import { countedCredits } from './say.ts';

/** What a person or a chat has of what they may have. */
interface Usage {
  waiting: number;
  mostWaiting?: number;
  today: number;
  mostToday?: number;
}

/** What a person may still ask for; absent: without a limit. */
export function quota(q: Usage & { chat?: Usage; budgetLeft?: number }): string {
  const waits =
    q.mostWaiting === undefined
      ? `${q.waiting} being made`
      : `${q.waiting} of at most ${q.mostWaiting} being made at once`;
  const day =
    q.mostToday === undefined ? `${q.today} asked for today` : `${q.today} of ${q.mostToday} asked for today (UTC)`;
  const chat = [
    ...(q.chat?.mostWaiting === undefined ? [] : [`${q.chat.waiting} of ${q.chat.mostWaiting} being made`]),
    ...(q.chat?.mostToday === undefined ? [] : [`${q.chat.today} of ${q.chat.mostToday} today`]),
  ];
  const all = chat.length === 0 ? [] : [`All in this chat: ${chat.join(', ')}`];
  const left = q.budgetLeft === undefined ? [] : [`${countedCredits(q.budgetLeft)} left for everybody today`];
  return ['Your clips:', waits, day, ...all, ...left].join('\n');
}

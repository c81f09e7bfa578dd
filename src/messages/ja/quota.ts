import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const quota: Messages['quota'] = (q) => {
  const waits =
    q.mostWaiting === undefined ? `作成中: ${q.waiting}本` : `作成中: ${q.waiting}本(同時に${q.mostWaiting}本まで)`;
  const day =
    q.mostToday === undefined ? `今日のリクエスト: ${q.today}本` : `今日のリクエスト: ${q.today}/${q.mostToday}本(UTC)`;
  const chat = [
    ...(q.chat?.mostWaiting === undefined ? [] : [`作成中 ${q.chat.waiting}/${q.chat.mostWaiting}本`]),
    ...(q.chat?.mostToday === undefined ? [] : [`今日 ${q.chat.today}/${q.chat.mostToday}本`]),
  ];
  const all = chat.length === 0 ? [] : [`このチャット全体: ${chat.join('、')}`];
  const left = q.budgetLeft === undefined ? [] : [`今日の残り(全員分): ${countedCredits(q.budgetLeft)}`];
  return ['あなたのクリップ:', waits, day, ...all, ...left].join('\n');
};

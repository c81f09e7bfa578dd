import { intlOf, spanOf } from '../intl.ts';

export const { instant, number, percent, listed, either } = intlOf<never>('ja');

/** "20秒", "3分", "2時間", "2日". */
export function span(ms: number): string {
  const { unit, count } = spanOf(ms);
  const inWords = { second: '秒', minute: '分', hour: '時間', day: '日' };
  return `${number(count)}${inWords[unit]}`;
}

/** "約20秒"; never more exact than we know. */
export const about = (ms: number): string => (ms < 5_000 ? '数秒' : `約${span(ms)}`);

export const countedCredits = (n: number): string => `${number(n)}クレジット`;
export const countedClips = (n: number): string => `クリップ${number(n)}本`;

import type { Messages } from '../en/index.ts';

type Counts = Parameters<Messages['takes']['ended']>[0];

/** "3本中2本が届きました、1本が失敗しました"; `''` where none has ended. */
function told({ came, failed, cancelled }: Counts, of: number): string {
  const parts = [
    { count: came, says: '届きました' },
    { count: failed, says: '失敗しました' },
    { count: cancelled, says: '中止されました' },
  ].filter(({ count }) => count > 0);
  return parts.map(({ count, says }, n) => `${n === 0 ? `${of}本中` : ''}${count}本が${says}`).join('、');
}

export const takes: Messages['takes'] = {
  one: ({ number, of }) => `テイク ${number}/${of}`,
  all: (of) => `${of}テイク`,
  underWay: (counts, of, status) => {
    const ended = told(counts, of);
    return ended === '' ? status : `${ended}。${status}`;
  },
  ended: (counts, why) => {
    const { came, failed, cancelled } = counts;
    const of = came + failed + cancelled;
    if (failed + cancelled === 0) return came === 1 ? '届きました' : `${of}本すべて届きました`;
    return [told(counts, of), why].filter((part) => part !== '').join('。');
  },
  onlyOne: 'ここで作れるのは1本です。複数のテイクがほしいときは、画像をもう一度送って、そこで頼んでください。',
  notAll: '一部のテイクはうまくいきませんでした。',
};

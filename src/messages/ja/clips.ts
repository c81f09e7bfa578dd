import type { Messages } from '../en/index.ts';
import { span } from './say.ts';

export const clips: Messages['clips'] = {
  title: 'ここで作られたクリップ',
  mine: 'あなたのクリップ',
  none: 'クリップが見つかりません。',
  asYourself: '自分のクリップをすべて見るには、チャンネルやグループではなく自分の名義で書いてください。',
  over: 'このリストは古くなりました。もう一度開いてください。',
  notYours: 'これはほかの人のリストです。自分のリストは /clips で開けます。',
  notFound: 'あなたのクリップにも、ここで作られたクリップにも見当たりません。',
  by: (name) => `作者: ${name}`,
  ago: (ms) => (ms < 60_000 ? 'たった今' : `${span(ms)}前`),
  pageBefore: '前のページ',
  nextPage: '次のページ',
};

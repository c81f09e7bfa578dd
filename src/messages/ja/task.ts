import type { TaskMessages } from '../en/index.ts';
import { optionsIn } from '../told-options.ts';
import { commands } from './commands.ts';
import { page } from './page.js';
import { about, countedCredits, instant } from './say.ts';

const options = optionsIn({
  length: (s) => `${s}秒`,
  withSound: (s) => `${s}秒・音あり`,
  motion: (n) => `動き ${n}`,
  seed: (n) => `シード ${n}`,
  seedsFrom: (n) => `シード ${n}から`,
  shapes: commands.animate.options.shape.choices,
});

export const task: TaskMessages = {
  options,
  endsOn: (notes) => (notes.length === 0 ? '2枚目の画像で終わる' : `2枚目の画像で終わる（${notes.join('、')}）`),
  clip: (scene) => scene,
  goesOn: {
    inAll: (seconds) => `全体で${seconds}秒`,
    isAlone: '新しい部分のみ（つなげられませんでした）',
  },
  wordless: 'おまかせの動き',
  doubt:
    'サービスがリクエストを受け付けたかどうか分かりません。もう一度試すとクレジットが二重にかかるかもしれません。そのままにすれば、これ以上はかかりません。',
  clipAtLink: (link) => `クリップができましたが、このチャットには送れません。こちらで見られます: ${link}`,
  didNotWork: 'うまくいきませんでした。',
  details(d) {
    const { fit, model } = d.options;
    const cost = d.credits === 0 ? '無料' : `${d.isSure ? '' : '最大'}${countedCredits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    return [
      [...options(d.options), page.fits[fit]?.name ?? fit, ...(model === undefined ? [] : [model])].join(' · '),
      `料金: ${cost}`,
      `リクエスト: ${instant(askedAt)}、所要時間: ${about(endedAt - askedAt)}`,
      `ID: ${d.id}`,
    ].join('\n');
  },
  shown: (o) => (o.scene === '' ? `作者: ${o.author}` : `${o.scene}\n— ${o.author}`),
  reported: ({ isShown }) =>
    `このクリップが報告されました。ここにふさわしくなければ「削除」を押してください${isShown ? '' : '(表示したすべての場所から消えます)'}。`,
};

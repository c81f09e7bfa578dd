import type { TaskMessages } from '../en/index.ts';
import { about, countedCredits, instant } from './say.ts';

export const task: TaskMessages = {
  options: ({ duration, motion, seed, sound }, { isFirstSeed = false } = {}) => [
    sound === 'on' ? `${duration}秒・音あり` : `${duration}秒`,
    `動き ${motion}`,
    `シード ${seed}${isFirstSeed ? 'から' : ''}`,
  ],
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
    const { seed, duration, motion, fit, model, sound } = d.options;
    const more = [model, sound === 'on' && '音あり'].filter(Boolean).map((one) => ` · ${one}`);
    const cost = d.credits === 0 ? '無料' : `${d.isSure ? '' : '最大'}${countedCredits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    return [
      `シード ${seed} · ${duration}秒 · 動き ${motion} · ${fit}${more.join('')}`,
      `料金: ${cost}`,
      `リクエスト: ${instant(askedAt)}、所要時間: ${about(endedAt - askedAt)}`,
      `ID: ${d.id}`,
    ].join('\n');
  },
  shown: (o) => (o.scene === '' ? `作者: ${o.author}` : `${o.scene}\n— ${o.author}`),
  reported: ({ isShown }) =>
    `このクリップが報告されました。ここにふさわしくなければ「削除」を押してください${isShown ? '' : '(表示したすべての場所から消えます)'}。`,
};

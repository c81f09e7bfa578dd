import type { Messages } from '../en/index.ts';
import { lengthsOf } from '../lengths.ts';
import { countedCredits, either } from './say.ts';

export const models: Messages['models'] = {
  choice: (label, credits, seconds) => (credits > 0 ? `${label}（${seconds}秒で${countedCredits(credits)}）` : label),
  choose: (labels) =>
    labels.length === 0
      ? 'ここではモデルを選べません。指定せずに送ってください。'
      : `ここで使えるモデルから選んでください: ${either(labels)}`,
  lengths: (seconds, label) =>
    `${label === undefined ? 'ここのクリップ' : `${label}のクリップ`}の長さは${lengthsOf(seconds, either)}秒です。`,
  shapes: (names, label) =>
    names.length === 0
      ? 'ここのクリップの縦横比は一つだけです。指定せずに送ってください。'
      : `${label === undefined ? 'ここのクリップ' : `${label}のクリップ`}の縦横比は${either(names)}です。この中から選ぶか、指定せずに送ってください。`,
  seedless: (label) =>
    `${label === undefined ? 'ここのクリップ' : `${label}のクリップ`}ではシードを使えず、毎回違うものになります。指定せずに送ってください。`,
  silent: (label) =>
    label === undefined
      ? 'ここのクリップに音は付きません。'
      : `${label}のクリップに音は付きません。別のモデルを選ぶか、指定せずに送ってください。`,
  begins: 'ここのクリップは画像から始まります。コマは指定せずに送ってください。',
  noLast: (can, label = '') =>
    can.length === 0
      ? 'ここのクリップは2枚目の画像で終えられません。2枚目を外してください。'
      : `${label}のクリップは2枚目の画像で終えられません。${either(can)}を選ぶか、2枚目を外してください。`,
};

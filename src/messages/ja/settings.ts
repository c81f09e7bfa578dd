import type { Messages } from '../en/index.ts';
import { commands } from './commands.ts';

export const settings: Messages['settings'] = {
  title: {
    server: 'このサーバーの設定',
    chat: 'このチャットの設定',
    own: 'ここでのあなたの設定',
  },
  rows: {
    isOn: { label: 'ここでクリップを作る' },
    language: { label: '言語', hint: 'ここで話す言葉', unset: 'それぞれの言語' },
    shape: {
      label: commands.animate.options.shape.label,
      hint: commands.animate.options.shape.description,
      values: commands.animate.options.shape.choices,
    },
    fit: {
      label: commands.animate.options.fit.label,
      hint: commands.animate.options.fit.description,
      values: commands.animate.options.fit.choices,
    },
    duration: { label: '長さ', values: commands.animate.options.duration.choices },
    isCovered: { label: 'すべてのクリップを隠す', hint: '画像とクリップは、タップすると見えます' },
    reply: {
      label: 'クリップの届く場所',
      values: { thread: 'カードのスレッドに', reply: 'カードへの返信として' },
    },
    perPerson: {
      label: '1人が1日に作れる本数',
      hint: 'チャットやチャンネルごと。無料のクリップは数えません',
      unset: '制限なし',
    },
    perChat: {
      label: '全員で1日に作れる本数',
      hint: 'チャットやチャンネルごと。無料のクリップは数えません',
      unset: '制限なし',
    },
    roles: { label: 'クリップを頼める人', hint: 'このロールのどれかを持つ人', unset: '全員' },
    channels: {
      label: 'クリップを頼める場所',
      hint: 'スレッドは元のチャンネルとして扱います',
      unset: 'どこでも',
    },
    toGallery: {
      label: 'このボットのギャラリーに載せる',
      hint: 'ここで作られ、多くのスターが付いたクリップが表示されます',
    },
    gallery: {
      label: 'このサーバーのギャラリー',
      hint: 'ここで作られ、多くのスターが付いたクリップをこのチャンネルにも載せます',
      unset: 'なし',
    },
    starsNeeded: { label: 'ギャラリーに必要なスターの数' },
  },
  switches: { on: 'はい', off: 'いいえ' },
  several: {
    roles: (n) => `ロール${n}個`,
    channels: (n) => `${n}か所`,
  },
  asUsual: (value) => (value === undefined ? '標準' : `標準(${value})`),
  line: (label, shown) => `${label}: ${shown}`,
  now: (shown) => `現在: ${shown}`,
  chosen: (label) => `✓ ${label}`,
  range: (min, max) => `${min}から${max}まで。空欄なら標準`,
  choose: '何を変えますか?',
  change: '変更',
  back: '戻る',
  alsoHere: 'このトピックでも',
  onlyHere: 'このトピックだけ',
  notHereAnyMore: 'このトピックではやめる',
  lately: '最近の変更',
  changed: ({ who, what, to, ago }) => `${who}: ${what} → ${to}(${ago})`,

  notYours: 'これができるのは、このチャットの管理者だけです。',
  unknown: 'この設定はもうありません。今ある設定は /settings で見られます。',
  wrong: (label) => `「${label}」にその値は使えません。別の値を選んでください。`,
  switchedOff: 'このチャットの管理者が、ここでのクリップをオフにしています。',
  notHere: 'ここではクリップを頼めません。どこで頼めるかは、このチャットの管理者に聞いてください。',
  noRole: 'ここのクリップは、一部のロールの人だけのものです。どのロールかは、サーバーの管理者に聞いてください。',
};

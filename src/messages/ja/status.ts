import type { Messages } from '../en/index.ts';
import { stepMinutes } from '../intl.ts';
import { about, number, percent } from './say.ts';

function within(ms: number): string {
  const minutes = stepMinutes(ms);
  return minutes === undefined ? '数時間以内' : `${minutes}分以内`;
}

export const status: Messages['status'] = {
  received: '画像を確認しています',
  queued: (ahead) => {
    if (ahead.more) return `順番待ち(前に${number(ahead.count)}件以上)`;
    return ahead.count === 0 ? '順番待ち(次の番です)' : `順番待ち(${number(ahead.count + 1)}番目)`;
  },
  keysTrouble: (cost) =>
    `サービスが今このボットのクリップを受け付けていません。あなたの分は自動で続きます${cost > 0 ? '(料金はかかっていません)' : ''}。`,
  outage: (o) =>
    `${o.isUnreachable ? 'サービスにつながりません。' : 'サービスが混み合っています。'}${within(o.leftMs)}にもう一度試します${o.cost > 0 ? '(料金はかかっていません)' : ''}。`,
  unseen: 'サービスにつながりません。クリップは向こうで作られていて、返事があり次第届きます。',
  stopping: '止めています。',
  stoppingPerhaps: '止めています。すでに完成している場合もあります。',
  submitting: 'レンダラーに渡しています',
  waiting: 'レンダラーの開始を待っています',
  rendering: (progress, leftMs) => {
    const shown = progress === undefined ? 'レンダリング中' : `レンダリング中 ${percent(progress)}`;
    return leftMs === undefined ? shown : `${shown}、あと${about(leftMs)}`;
  },
  paused: '運営者がボットを一時停止しています。あなたのクリップは自動で続きます。',
  late: 'レンダリング中です。いつもより時間がかかっていますが、見守っています。',
  unconfirmed: 'サービスから返事がありません。受け付けられたか確認しています。',
  ready: 'クリップを送っています',
  delivered: '完了',
  failed: '失敗',
  cancelled: '中止しました',
};

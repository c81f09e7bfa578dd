import type { Messages } from '../en/index.ts';
import { about, countedClips, countedCredits } from './say.ts';

const SHARED = 'チャンネルやグループの名義で書いている人たち';

export const request: Messages['request'] = {
  noScene: '画像の中で何が起こるかを書いてください。例:「波が打ち寄せる、ゆっくりズーム」',
  sceneTooLong: (found, most) => `シーンが長すぎます(${found}文字)。${most}文字以内にしてください。`,
  notAllowed: ({ here, person, manages }) => {
    const named = 'このボットは、運営者が許可した場所と人のためだけにクリップを作ります。';
    if (manages)
      return `${named}運営者の方へ: ここの全員なら ALLOW=${here} を、自分だけなら ALLOW=${person} を追加してください。`;
    const ids = here === person ? person : `${person}(あなた)、または ${here}(ここの全員)`;
    return `${named}運営者に ALLOW 用としてこれを伝えてください: ${ids}`;
  },
  budgetSpent: '今日のクリップの予算を使い切りました。UTCの0時に新しくなります。今回の料金はかかっていません。',
  personHadEnough: (clips, { isShared }) =>
    isShared
      ? `${SHARED}の今日の分(合わせて${countedClips(clips)})は終わりました。自分の名義で書くか、UTCの0時以降にどうぞ。`
      : `今日の分(${countedClips(clips)})は終わりました。UTCの0時に新しくなります。`,
  tooManyWaiting: (clips, { isShared }) =>
    isShared
      ? `${SHARED}の${countedClips(clips)}が、順番待ちか作成中です。自分の名義で書くか、1本できてからもう一度どうぞ。`
      : `あなたの${countedClips(clips)}が、順番待ちか作成中です。1本できてからもう一度どうぞ。`,
  chatHadEnough: (clips) => `このチャットの今日の分(${countedClips(clips)})は終わりました。UTCの0時に新しくなります。`,
  chatTooManyWaiting: (clips) =>
    `このチャットの${countedClips(clips)}が、順番待ちか作成中です。1本できてからもう一度どうぞ。`,
  left: {
    person: (clips, { isShared }) => {
      if (clips > 0) return `${isShared ? `${SHARED}は、` : ''}今日はあと${countedClips(clips)}作れます。`;
      return isShared ? `${SHARED}の、今日最後のクリップです。` : '今日最後のクリップです。';
    },
    chat: (clips) =>
      clips === 0
        ? 'このチャットの今日最後のクリップです。'
        : `このチャットでは、今日はあと${countedClips(clips)}作れます。`,
    budget: (clips) =>
      clips === 0 ? '今日の予算で作れる最後のクリップです。' : `今日の予算で、あと${countedClips(clips)}作れます。`,
  },
  fewerTakes: (most, takes) =>
    `${takes}テイクのリクエストですが、今作れるのはあと${countedClips(most)}です。テイクを減らすか、後でもう一度どうぞ。`,
  takesCost: (takes, cost) => `${takes}テイクで${countedCredits(cost)}かかります。`,
  tooManyShown: (clips) => `続けて${countedClips(clips)}を表示しました。次は1分後にどうぞ。`,
  tooManyConverted: 'いくつかのクリップを別の形式に変換中です。1分後にもう一度どうぞ。',
  tooManyReported: '続けて何件か報告がありました。次は1分後にどうぞ。',
  diskNearlyFull:
    'ボットが動いているマシンのディスクがほぼいっぱいのため、リクエストを受け付けられません。後でもう一度試すか、運営者に伝えてください。',
  moderationPause: (ms) =>
    `サービスがコンテンツ規定により、あなたのリクエストを何度か断りました。${about(ms)}後にまたリクエストできます。`,
  tooLate: '間に合いませんでした。このクリップはもう完成しています。',
  notYours: 'これができるのは、このクリップをリクエストした人だけです。',
  gone: 'このクリップはもうここにありません。',
  bothGone:
    'このリクエストのもう1枚の画像も、ここにはありません。画像を2枚とも付けて、もう一度リクエストしてください。',
  cancelHeard: '分かりました。結果はクリップのメッセージでお知らせします。',
  nothingToCancel: 'ここで作成中のあなたのクリップはありません。',
  cancelWhich: 'ここであなたのクリップがいくつか作成中です。どれを止めますか?',
  coveredScene: (ageMs) => `隠されたシーン(${about(ageMs)}前のリクエスト)`,
  noDoubt: 'これはもう解決しています。',
  retrying: 'もう一度試しています。',
  leaving: 'そのままにします。',
  underWay: 'このクリップはまだ作成中です。先に中止するか、できあがるまで待ってください。',
  takesBegin: 'ほかのテイクが、このテイクの画像を使って始まるところです。少ししてからもう一度どうぞ。',
  deleted: '削除しました。',
  deletedBefore: 'ここでのリクエストは削除されています。別のクリップを作るには、画像をもう一度送ってください。',
};

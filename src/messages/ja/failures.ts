import type { Messages } from '../en/index.ts';
import { failuresIn } from '../failures.ts';
import { picture } from './pictures.ts';

export const failure: Messages['failure'] = failuresIn({
  gap: '',
  picture,
  unspent: '料金はかかっていません。',
  perhapsSpent: 'クレジットがかかったかもしれません。',
  saying: (reason) => `サービスの説明:「${reason}」。`,
  moderation: {
    scene: { what: 'サービスがコンテンツ規定により、シーンの言葉を断りました。', todo: '別の言葉で試してください。' },
    picture: { what: 'サービスがコンテンツ規定により、画像を断りました。', todo: '別の画像で試してください。' },
    either: {
      what: 'サービスがコンテンツ規定により、シーンか画像を断りました。',
      todo: '別の言葉か別の画像で試してください。',
    },
  },
  'bad-input': {
    scene: { what: 'サービスがシーンの言葉を受け付けませんでした。', todo: '短いシーンで試してください。' },
    picture: { what: 'サービスが画像を受け付けませんでした。', todo: '別の画像で試してください。' },
    either: {
      what: 'サービスがこのリクエストを受け付けませんでした。',
      todo: '短いシーンか別の画像で試してください。',
    },
  },
  'try-another': {
    what: 'サービスはこれをクリップにできませんでした。',
    todo: '別の画像か別のシーンで試してください。',
  },
  noMoreClips: {
    what: 'サービスが今このボットのクリップを受け付けていません。',
    todo: 'ボットの運営者に聞いてみてください。',
  },
  transient: { what: 'サービスに長い間つながりませんでした。', todo: '後でもう一度試してください。' },
  'picture-gone': {
    what: '画像を取得できませんでした。削除されたか、リンクの期限が切れています。',
    todo: 'もう一度送ってください。',
  },
  'last-gone': {
    what: '最後の画像を取得できませんでした。削除されたか、リンクの期限が切れています。',
    todo: 'もう一度送ってください。',
  },
  'job-gone': { what: 'サービスが途中でこのリクエストを見失いました。', todo: 'もう一度試してください。' },
  deadline: { what: 'サービスが時間内に終わりませんでした。', todo: '後でもう一度試してください。' },
  'clip-unfetched': {
    what: 'サービスはクリップを作りましたが、受け取れませんでした。',
    todo: '原因はボットのログにあり、運営者が確認できます。',
  },
  undeliverable: 'クリップはできましたが、ここには送れませんでした。',
  doubt: 'サービスがこのリクエストを受け付けたか分からないため、そのままにしました。',
  'disk-full': {
    what: 'ボットが動いているマシンのディスクがいっぱいです。',
    todo: '空きができてからもう一度試してください。',
  },
  broken: { what: 'リクエストではなく、ボットの側に問題があります。', todo: '詳しくはボットのログにあります。' },
});

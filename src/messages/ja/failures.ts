import type { Failure } from '../../task/failure.ts';
import type { Messages } from '../en/index.ts';
import { picture } from './pictures.ts';

const NO_MORE_CLIPS = 'サービスが今このボットのクリップを受け付けていません。';
const ASK_OPERATOR = 'ボットの運営者に聞いてみてください。';

export const failure: Messages['failure'] = (f, cost) => {
  const unspent = cost > 0 ? '料金はかかっていません。' : '';
  const perhapsSpent = cost > 0 ? 'クレジットがかかったかもしれません。' : '';
  return partsOf(f, { unspent, perhapsSpent }).join('');
};

function partsOf(f: Failure, { unspent, perhapsSpent }: { unspent: string; perhapsSpent: string }): string[] {
  switch (f.type) {
    case 'bad-picture':
      return [picture(f.picture), unspent];
    case 'moderation':
      return [MODERATION[f.about ?? 'either'].what, saying(f), MODERATION[f.about ?? 'either'].todo];
    case 'bad-input':
      return [BAD_INPUT[f.about ?? 'either'].what, saying(f), BAD_INPUT[f.about ?? 'either'].todo];
    case 'try-another':
      return ['サービスはこれをクリップにできませんでした。', saying(f), '別の画像か別のシーンで試してください。'];
    case 'no-credits':
    case 'quota':
    case 'auth':
    case 'no-model':
      return [NO_MORE_CLIPS, unspent, ASK_OPERATOR];
    case 'transient':
      return ['サービスに長い間つながりませんでした。', unspent, '後でもう一度試してください。'];
    case 'undeliverable':
      return ['クリップはできましたが、ここには送れませんでした。'];
    case 'picture-gone':
      return [
        '画像を取得できませんでした。削除されたか、リンクの期限が切れています。',
        unspent,
        'もう一度送ってください。',
      ];
    case 'job-gone':
      return ['サービスが途中でこのリクエストを見失いました。', perhapsSpent, 'もう一度試してください。'];
    case 'deadline':
      return ['サービスが時間内に終わりませんでした。', perhapsSpent, '後でもう一度試してください。'];
    case 'clip-unfetched':
      return [
        'サービスはクリップを作りましたが、受け取れませんでした。',
        perhapsSpent,
        '原因はボットのログにあり、運営者が確認できます。',
      ];
    case 'doubt':
      return ['サービスがこのリクエストを受け付けたか分からないため、そのままにしました。', perhapsSpent];
    case 'broken':
      return f.why === 'disk-full'
        ? ['ボットが動いているマシンのディスクがいっぱいです。', unspent, '空きができてからもう一度試してください。']
        : ['リクエストではなく、ボットの側に問題があります。', unspent, '詳しくはボットのログにあります。'];
  }
}

const saying = ({ reason }: { reason?: string }): string =>
  reason === undefined ? '' : `サービスの説明:「${reason}」。`;

const MODERATION = {
  scene: { what: 'サービスがコンテンツ規定により、シーンの言葉を断りました。', todo: '別の言葉で試してください。' },
  picture: { what: 'サービスがコンテンツ規定により、画像を断りました。', todo: '別の画像で試してください。' },
  either: {
    what: 'サービスがコンテンツ規定により、シーンか画像を断りました。',
    todo: '別の言葉か別の画像で試してください。',
  },
};

const BAD_INPUT = {
  scene: { what: 'サービスがシーンの言葉を受け付けませんでした。', todo: '短いシーンで試してください。' },
  picture: { what: 'サービスが画像を受け付けませんでした。', todo: '別の画像で試してください。' },
  either: {
    what: 'サービスがこのリクエストを受け付けませんでした。',
    todo: '短いシーンか別の画像で試してください。',
  },
};

import type { Messages } from '../en/index.ts';
import { briefly, listedShortly } from '../shared.ts';
import { countedClips, countedCredits, number, span } from './say.ts';

const listed = (things: readonly string[]): string => things.join('、');

function someOf(things: readonly string[]): string {
  const { line, more } = listedShortly(things);
  return more === 0 ? line : `${line}、ほか${more}件`;
}

const brief = ({ id, scene, person }: { id: string; scene: string; person: string }): string =>
  `${id}「${briefly(scene)}」(${person})`;

const STEPS = { waiting: '待ち', rendering: 'レンダリング', delivering: '送信' };

type Week = Parameters<Messages['admin']['weekly']>[0]['week'];
const weekInWords = ({ clips, failed, people, credits }: Week): string =>
  `${countedClips(clips)}(${number(people)}人)、${countedCredits(credits)}使用、失敗${number(failed)}件`;

export const admin: Messages['admin'] = {
  notYours: 'このコマンドは分かりません。分かるコマンドは /help で見られます。',
  today: (o) =>
    `今日(UTC): リクエスト${o.isMore ? '(次の数を超える)' : ''}${countedClips(o.asked)}、送信${o.delivered}、失敗${o.failed}、中止${o.cancelled}、進行中${o.underWay}`,
  spent: ({ credits, budget }) =>
    `今日の使用と予約: ${countedCredits(credits)}${budget === undefined ? '(予算なし)' : `(予算 ${budget})`}`,
  failures: (classes) =>
    classes.length === 0 ? '' : `失敗: ${someOf(classes.map(({ type, count }) => `${type} ${count}`))}`,
  slowest: (steps) =>
    steps.length === 0
      ? ''
      : `最も遅かったもの: ${listed(steps.map(({ step, ms, id }) => `${STEPS[step]} ${span(ms)}(${id})`))}`,
  oldest: (tasks) => (tasks.length === 0 ? '' : `進行中(古い順): ${listed(tasks.map(brief))}`),
  lastFailed: (tasks) => (tasks.length === 0 ? '' : `最近の失敗: ${listed(tasks.map(brief))}`),
  waits: (o) => `待ち: 開始${o.queued}、送信${o.ready}、本人の返事${o.doubtful}`,
  key: (o) =>
    `キー ${o.name}(${o.provider}): ${o.leftMs === undefined ? '使用中' : `あと${span(o.leftMs)}休止(${o.reason})`}`,
  isPaused: '一時停止中: 新しく始めません。/admin resume で再開します。',
  lists: ({ blocked, refused }) =>
    [
      ...(blocked.length > 0 ? [`ブロック中: ${someOf(blocked)}`] : []),
      ...(refused.length > 0 ? [`禁止した言葉: ${someOf(refused)}`] : []),
    ].join('\n'),
  moreKeys: (n) => `ほかにキー${n}個`,
  moreChanges: (n) => `ほかに以前の変更${n}件`,
  changed: (o) => `${o.who}: ${o.what} ${o.isOn ? 'オン' : 'オフ'}(${span(o.agoMs)}前)`,
  paused: {
    on: '一時停止しました。リクエストは受け付けて待たせ、新しく始めません。/admin resume で再開します。',
    off: '再開しました。',
  },
  blocked: {
    on: (person) => `${person} のクリップはもう作りません。`,
    off: (person) => `${person} はまたクリップを頼めます。`,
  },
  refused: {
    on: (word) => `「${word}」を含むシーンは断ります。`,
    off: (word) => `「${word}」を含むシーンをまた受け付けます。`,
  },
  tooMany: 'リストに人と言葉が多すぎます。先にいくつか外してください。',
  noTask: 'そのタスクはありません。ID、または /admin に表示されるIDの末尾を指定してください。',
  retried: (name) => `${name}さんのためにもう一度作ります。リクエストのあった場所に届きます。`,
  noStanding:
    'そのチャットの設定はロールやチャンネルを条件にしていますが、今それを確認できません。少ししてからもう一度どうぞ。',
  noPerson: 'discord:123456789012345678 のようなプラットフォームと番号か、その人のタスクのIDで指定してください。',
  noWord: (most) => `${most}文字以内の言葉を1つ指定してください。`,
  noKey: 'そのキーはないか、複数あります。/admin に表示される先頭4文字以上を指定してください。',
  keyParked: (key) => `キー ${key} を1日、または /admin free ${key} まで休ませます。`,
  keyFreed: (key) => `キー ${key} をまた使います。`,
  weekly: ({ week, before }) =>
    [`この7日間のボット: ${weekInWords(week)}`, ...(before ? [`その前の7日間: ${weekInWords(before)}`] : [])].join(
      '\n',
    ),
  inPrivate: 'ほかの人に見えないように、個人チャットで送ってください。',
  blockedPerson: '運営者の設定により、あなたのクリップは作れません。間違いだと思うときは運営者に聞いてください。',
  refusedScene: 'このシーンには、運営者が禁止した言葉が含まれています。別の言葉で書いてください。',
};

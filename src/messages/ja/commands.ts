import { DURATIONS_SECONDS } from '../../task/options.ts';
import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const commands: Messages['commands'] = {
  animate: {
    name: 'animate',
    description: '画像を数秒のクリップにします',
    options: {
      image: {
        name: '画像',
        label: '画像',
        description: '画像(JPEG、PNG、WebP、HEIC、AVIF、GIF)',
        wrong: '画像がありません。画像を送るか、画像に返信してください。',
      },
      last: {
        name: '最後',
        label: '最後の画像',
        description: '2枚目の画像。クリップはこの画像で終わります',
        wrong: 'クリップの最後にする2枚目の画像を送るか、付けずに送ってください。',
      },
      scene: {
        name: 'シーン',
        label: '何が起こりますか?',
        description: '何が起こるか。例:「波が打ち寄せる、ゆっくりズーム」',
        wrong: '画像の中で何が起こるかを書いてください。例:「波が打ち寄せる、ゆっくりズーム」',
      },
      motion: {
        name: '動き',
        label: '動き',
        description: '1(ほとんど動かない)から10(大きく動く)まで',
        wrong: '動きは1(ほとんど動かない)から10(大きく動く)までです。',
      },
      duration: {
        name: '長さ',
        label: '長さ',
        description: '秒数',
        choices: Object.fromEntries(DURATIONS_SECONDS.map((seconds) => [seconds, `${seconds}秒`])),
        wrong: 'クリップの長さは2–10秒です。',
      },
      model: {
        name: 'モデル',
        label: 'モデル',
        description: 'クリップを作るモデル',
        wrong: 'そのモデルはありません。',
      },
      sound: {
        name: '音',
        label: '音',
        description: 'クリップに音を付けるか（料金が上がります）',
        choices: { on: '音あり', off: '音なし' },
        wrong: '音は on（あり）か off（なし）です。',
      },
      frame: {
        name: 'コマ',
        label: 'コマ',
        description: 'クリップを画像から始めるか、画像で終えるか',
        choices: { first: '画像から始める', last: '画像で終える' },
        wrong: 'コマは first（最初）か last（最後）です。',
      },
      seed: {
        name: 'シード',
        label: 'シード',
        description: '同じシードなら同じクリップになります',
        wrong: 'シードは0から4294967295までの整数です。',
      },
      shape: {
        name: '縦横比',
        label: '縦横比',
        description: 'クリップの縦横比。自動なら画像にいちばん近いもの',
        choices: {
          auto: '自動',
          wide: 'ワイド (16:9)',
          tall: '縦長 (9:16)',
          square: '正方形 (1:1)',
          landscape: '横 (4:3)',
          portrait: '縦 (3:4)',
          ultrawide: '超ワイド (21:9)',
        },
        wrong: '縦横比は auto、wide、tall、square、landscape、portrait、ultrawide のどれかです。',
      },
      fit: {
        name: '合わせ方',
        label: '合わせ方',
        description: '縦横比の違う画像をどうするか',
        choices: { crop: '形に合わせて切り抜く', pad: 'ぼかした余白を足す', strict: '変更しない(合わなければ断る)' },
        wrong: '合わせ方は crop(切り抜く)、pad(余白を足す)、strict(変更しない)のどれかです。',
      },
      focus: {
        name: 'focus',
        description: '切り抜くときに残す位置。幅と高さに対する割合で、たとえば 0.3,0.6',
        wrong: '残す位置は 0 から 1 までの数字 2 つです。たとえば 0.3,0.6（左から、上から）。',
      },
      takes: {
        name: 'テイク',
        label: 'テイク',
        description: '一度に作る本数(1〜4)。1本ごとに料金がかかります',
        wrong: '一度に作れるのは1〜4テイクです。',
      },
      spoiler: {
        name: 'ネタバレ',
        description: 'タップするまで画像とクリップを隠します',
        wrong: 'ネタバレは「はい」か「いいえ」です。',
      },
    },
  },
  clips: {
    name: 'clips',
    description: 'ここで作られたクリップ、または自分のすべてのクリップ',
    options: {
      of: {
        name: '範囲',
        label: 'どのクリップ',
        description: 'ここで作られたもの、または自分のすべて',
        choices: { here: 'ここで作られたもの', mine: '自分のすべて' },
        wrong: 'ここで作られたものは here、自分のすべては mine と書いてください。',
      },
      words: { name: '言葉', description: 'シーンの言葉', wrong: '200文字以内にしてください。' },
      by: { name: '作者', description: 'だれのクリップか', wrong: 'だれのクリップを見るか指定してください。' },
      starred: { name: 'スター', description: 'スター付きだけ', wrong: 'スターは「はい」か「いいえ」です。' },
    },
  },
  show: {
    name: 'show',
    description: '自分のクリップや、ここで作られたクリップをもう一度投稿します',
    options: {
      clip: {
        name: 'クリップ',
        description: 'シーンの言葉、またはID',
        wrong: 'どのクリップか、シーンの言葉かIDで指定してください。',
      },
    },
  },
  settings: {
    name: 'settings',
    description: 'チャットの管理者向け: ここで何を、だれのために作るか',
    options: {},
  },
  quota: { name: 'quota', description: 'あと何本リクエストできるか', options: {} },
  privacy: { name: 'privacy', description: 'このボットがあなたの何を、いつまで保存するか', options: {} },
  export: {
    name: 'export',
    description: 'このボットが保存しているあなたのデータをファイルで受け取ります',
    options: {},
  },
  forget: { name: 'forget', description: 'このボットが保存しているあなたのデータをすべて削除します', options: {} },
  admin: {
    name: 'admin',
    description: 'ボットの運営者向け: 調子と、できること',
    options: {
      do: {
        name: '操作',
        description: '何をするか。なしなら今日の様子',
        choices: {
          pause: '一時停止: 新しく始めない',
          resume: '再開する',
          stop: 'タスクを止める',
          retry: 'タスクをやり直す',
          block: '人をブロックする',
          unblock: 'ブロックを解除する',
          refuse: '言葉を禁止する',
          allow: '言葉の禁止を解く',
          park: 'キーを休ませる',
          free: 'キーをまた使う',
        },
        wrong: 'pause、resume、stop、retry、block、unblock、refuse、allow、park、free のどれかを書いてください。',
      },
      what: {
        name: '対象',
        description: 'タスクのID、人、言葉、キーのどれか',
        wrong: '200文字以内にしてください。',
      },
    },
  },
  cancel: { name: 'cancel', description: 'ここで作成中の自分のクリップを止めます', options: {} },
  help: { name: 'help', description: 'このボットでできることと使い方', options: {} },
};

export const actions: Messages['actions'] = {
  cancel: { label: '中止' },
  cancelAll: { label: 'すべて中止' },
  again: { label: 'もう一度', help: '別のテイクを作る' },
  edit: {
    label: 'シーンを変える',
    help: '別の言葉で作る',
    title: '別のシーン',
    question: '代わりに何が起こりますか?',
  },
  crop: { label: '切り抜く' },
  shorten: { label: 'シーンを短く' },
  picture: {
    label: '別の画像',
    title: '別の画像',
    question: '代わりにどの画像を使いますか?',
  },
  star: {
    label: '⭐',
    help: 'スター。付いたクリップは残ります',
    counted: (stars) => (stars === 0 ? '⭐' : `⭐ ${stars}`),
    on: 'スターを付けました。',
    off: 'スターを外しました。',
  },
  share: { label: '共有', help: '別の場所に表示する', question: 'このクリップをどこに表示しますか?' },
  link: {
    label: 'リンク',
    help: 'アドレスを知っている人が見られるページ',
    text: (url) => `このアドレスを知っている人は、だれでもクリップを見られます:\n${url}`,
    nowhere: 'このボットは外から見えないため、クリップのページを作れません。',
  },
  unlink: { label: 'リンクを取り消す', done: 'このクリップのページをなくしました。' },
  copy: {
    label: '自分にも送る',
    nowhere: '先に個人チャットで話しかけてください。そうすればコピーを送れます。',
  },
  continue: {
    label: '続ける',
    help: 'クリップの終わりから続きを作り、1本につなげます',
    title: 'クリップの続き',
    question: ({ seconds, credits }) =>
      credits > 0 ? `次に何が起こりますか?（${seconds}秒: ${countedCredits(credits)}）` : '次に何が起こりますか?',
    tooLong: (n) => `続きを付けたクリップは全部で${n}秒までです。これでは長くなりすぎます。`,
  },
  loop: {
    label: 'ループ',
    help: '行って戻る、繰り返し再生用のクリップ',
    silent: 'ループには音がありません。',
  },
  gif: { label: 'GIFで保存' },
  webp: { label: 'WebPで保存' },
  story: { label: '履歴', help: '同じ画像のすべてのテイク', text: 'この画像のすべてのテイク(最初のものから):' },
  report: {
    label: '報告',
    help: 'チャットの管理者に知らせる',
    done: 'ありがとうございます。チャットの管理者に知らせました。管理者はクリップを取り下げられます。',
    own: 'これはあなたのクリップです。「削除」で消せます。',
  },
  more: { label: 'その他', text: 'このクリップをどうしますか?' },
  show: { label: 'ここに表示' },
  delete: { label: '削除', help: 'クリップを消す' },
  details: { label: '詳細', help: 'シード、料金、時間' },
  retry: { label: 'もう一度試す' },
  leave: { label: 'そのままにする' },
};

export const help: Messages['help'] = {
  intro: '画像と一行の文で、数秒のクリップができます。例:「波が打ち寄せる、ゆっくりズーム」',
  command: (name, description) => `/${name}: ${description}`,
  under: 'クリップの下のボタン:',
  action: (label, does) => `${label}: ${does}`,
  pictures: (maxMegabytes, minSide) =>
    `画像はJPEG、PNG、WebP、HEIC、AVIFで、${maxMegabytes} MBまで、各辺${minSide}ピクセル以上です。`,
  free: 'ここのクリップはAIを使わないプレビューです。カメラが画像の上を動きます。無料です。',
  paid: (credits) => `クリップ1本につき、ボットの運営者に${countedCredits(credits)}かかります。`,
};

import type { Messages } from '../en/index.ts';

type Detour = Parameters<Messages['discord']['detour']>[0];

const DETOURS: Record<Detour, string> = {
  'thread-locked': 'スレッドがロックされているので、クリップはここに送ります。',
  'too-many-threads': 'このサーバーには開いているスレッドが多すぎるので、クリップはここに送ります。',
  'too-large': 'リクエストのあった場所には大きすぎるので、クリップはここに送ります。',
  'place-gone': 'リクエストのあった場所に書き込めなくなったので、クリップはここに送ります。',
};

export const discord: Messages['discord'] = {
  menu: 'この画像を動かす',
  menuHelp: (name) => `メッセージのメニューから「アプリ」→「${name}」: その中の画像をクリップにします`,
  plainHelp:
    '画像と、何が起こるかを書いたメッセージを送ってもかまいません。DMでも、私をメンションすればどこでも大丈夫です。私のクリップに新しい言葉で返信すると、もう1本作ります。',
  askScene: 'この画像の中で何が起こりますか?',
  say: '何が起こるか書く',
  askOther: 'この画像とあなたの言葉で、もう1本クリップを作りますか?',
  checkOther: '確認して送る',
  sendPicture:
    '画像と、その中で何が起こるかを送ってください。例:「波が打ち寄せる、ゆっくりズーム」。詳しくは /help をどうぞ。',
  form: {
    title: 'この画像を動かす',
    placeholder: '波が打ち寄せる、ゆっくりズーム',
    usual: 'いつもどおり',
    wordless: '空欄なら、おまかせで動きます',
    two: '2枚目を足すと、クリップはその画像で終わります',
    seedOf: (seed) => `空欄なら新しい値。${seed} ならこのクリップと同じ`,
  },
  taken: '受け付けました。進み具合は下に出ます。',
  slow: 'リクエストは届きましたが、まだ記録できていません。記録できたらこのメッセージでお知らせします。知らせがなければ、もう一度どうぞ。',
  recordDown: 'ボットの記録につながりません。数分たってもカードが出なければ、もう一度どうぞ。',
  deletedSoon: 'ここでは削除しました。メッセージはDiscordが消し次第なくなります。この行でお知らせします。',
  mayNotRemove: (missing) =>
    `ここから消す権限がありません(${missing.length > 0 ? `足りない権限: ${missing.join('、')}` : 'Discordが許可していません'})。1日の間、試し続けます。モデレーターなら今すぐ消せます。`,
  stays: 'ここでは削除しましたが、Discordがメッセージの削除を許可していません。この場所のモデレーターなら消せます。',
  pressAgain: '時間がかかりすぎました。もう一度押してください。',
  tooMany: '一度に多くのリクエストが来ています。少ししてからもう一度どうぞ。',
  broken: 'リクエストではなく、こちら側で問題が起きました。もう一度どうぞ。詳しくはボットのログにあります。',
  missing: (permissions, channel) =>
    `${channel}で次の権限が必要です: ${permissions.join('、')}。サーバーの管理者が付与できます。`,
  permissions: {
    ViewChannel: 'チャンネルを見る',
    SendMessages: 'メッセージを送信',
    SendMessagesInThreads: 'スレッドでメッセージを送信',
    AttachFiles: 'ファイルを添付',
    EmbedLinks: '埋め込みリンク',
    ReadMessageHistory: 'メッセージ履歴を読む',
    CreatePublicThreads: '公開スレッドの作成',
  },
  notMember: '私はこのサーバーのメンバーではないので、クリップを投稿できません。ボットとして招待し直してください。',
  noPicture: 'このメッセージに画像が見当たりません。JPEG、PNG、WebP、HEIC、AVIF、GIFのあるメッセージを選んでください。',
  foreignPicture: 'その画像はDiscordの外にあり、外からは取得しません。保存してここに投稿してください。',
  which: 'このメッセージには画像がいくつかあります。どれにしますか?',
  choose: '画像を選ぶ',
  both: '両方: 画像1から画像2へ',
  nth: (n) => `画像${n}`,
  formGone: 'このフォームは古くなりました。画像からやり直してください。',
  pictureAlt: '動かしている画像',
  clipThere: (url) => `[クリップはこちら](${url})`,
  clipsThere: (urls) => `できました: ${urls.map((url, n) => `[${n + 1}](${url})`).join(' · ')}`,
  noScene: 'このシーンの言葉は、ここには表示できません。',
  thread: 'クリップ',
  where: 'チャンネルかスレッドを選ぶ',
  whereFromHere: '表示したい場所に移動して /show と入力してください。入力中にあなたのクリップが候補に出ます。',
  notThere: (channel) => `${channel}にファイルを投稿する権限がありません。別の場所を選んでください。`,
  foreignPlace: '表示できるのは、このサーバーのテキストチャンネルとスレッドだけです。別の場所を選んでください。',
  showing: 'まもなくここに投稿します。',
  sharing: (channel) => `${channel}に送っています。`,
  copying: 'DMで送っています(DMが許可されていれば届きます)。',
  takeBack: '取り下げる',
  chooseClip: 'ここに表示するクリップ',
  coveredClip: '隠されたクリップ',
  detour: (why) => DETOURS[why],
};

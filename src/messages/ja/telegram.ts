import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const telegram: Messages['telegram'] = {
  sendAgain: 'もう一度送る',
  back: '戻る',
  forWhom: (name) => `${name}さんへ`,

  description:
    '写真を送り、その中で何が起こるかをキャプションに書いてください。例:「波が打ち寄せる、ゆっくりズーム」。短いクリップをお返しします。グループでは、写真に /animate と同じ言葉で返信してください。',
  shortDescription: '静止画に命を吹き込みます。写真を送って、何が起こるかを書いてください。',

  help: '写真を送り、その中で何が起こるかをキャプションに書いてください。例:「波が打ち寄せる、ゆっくりズーム」。長さ=10、動き=7、シード=42、クリップを3本まとめて作るテイク=3、クリップの縦横比（縦横比=縦長 または 9:16）、画像の合わせ方（合わせ方=crop、合わせ方=pad、合わせ方=strict）も書けます。',
  helpInGroups: (bot, command) =>
    `写真に「/${command} 何が起こるか」と返信するか、キャプションが /${command} で始まる写真、または @${bot} をメンションした写真を送ってください。長さ=10、動き=7、シード=42、テイク=3、縦横比=縦長、合わせ方=pad も書けます。`,
  helpTwo:
    '写真2枚で、1枚目から2枚目へ移るクリップも作れます。「昼から夜へ」のようなキャプションを付けてアルバムで送るか、写真にもう1枚の写真で返信してください。',
  unknownCommand: (name, known) =>
    `${name} は分かりません。分かるのは ${known.map((each) => `/${each}`).join('、')} です。`,
  unknownPassed: (name) => `${name} は分からないので、残りを「何が起こるか」として受け取りました。`,
  unknownAsked: (name) => `${name} は分かりません。`,
  hearts: ({ isPrivate }) =>
    `${isPrivate ? '' : '私が管理者の場所では、'}クリップへの ❤ や 🔥 のリアクションもスターになります。`,
  fileAlone: '個人チャットに送りました。',
  fileNeedsStart: 'これはあなただけのものです。先に個人チャットで話しかけてから、もう一度頼んでください。',
  staysShown:
    'Telegramでボットが消せるのは、この2日間に投稿したものだけです。それより古いものはボタンだけがなくなり、あなた自身で削除できます。',
  seesAll: 'ここのすべてのメッセージを読めますが、私宛てでないものには何もしません。',
  seesAddressed: 'ここで見えるのは、私宛てのコマンド、メンション、返信だけです。',

  askScene: ({ isPrivate, mayBeWordless }) => {
    const what = 'この画像の中で何が起こりますか?';
    if (isPrivate) return `${what}「波が打ち寄せる、ゆっくりズーム」のような一行で答えてください。`;
    const or = mayBeWordless ? '「-」と返信すれば、おまかせで動きます。' : '';
    return `${what}このメッセージに「波が打ち寄せる、ゆっくりズーム」のような一行で返信してください。${or}`;
  },
  askOtherScene: (question, { isPrivate }) =>
    isPrivate ? `${question}これまでは:` : `${question}このメッセージに返信してください。これまでは:`,
  captionEdited: 'クリップを作り始めた後にキャプションが変わりました。もう1本作りますか?「作る」を押してください。',
  askOtherPicture: (question) =>
    `${question}ここに送ってください。言葉を添えると新しいシーンになり、なければ今のままです:`,
  askPictureInGroup: 'この言葉を添えて別の画像を送るか、画像にこの言葉で返信してください:',
  pictureFirst: '別の画像を待っています。ここに送るか、/cancel で質問を閉じてください。',
  sayBack: ({ isPrivate }) =>
    isPrivate
      ? 'これを作りますか?「作る」を押してください。言葉を変えるなら、そのまま送ってください。'
      : 'これを作りますか?「作る」を押してください。言葉を変えるなら、このメッセージに返信してください。',
  choice: (option, value) => `${option}: ${value}`,
  go: '作る',
  no: 'やめる',
  wordless: 'おまかせで動かす',
  costs: (label, credits) => (credits > 0 ? `${label}(${countedCredits(credits)})` : label),
  closed: '分かりました。何も作りません。',
  notAsked: 'これに答えられるのは、質問された人だけです。',
  questionGone: 'この質問は閉じられています。',
  replyToAnswer: 'これが上の質問への答えか分かりませんでした。答えなら、その質問に返信してください。',
  scenePlaceholder: '波が打ち寄せる、ゆっくりズーム',
  albumRest: 'アルバムからは最初の画像だけを使います。ほかの画像は1枚ずつ送ってください。',
  albumRestOfTwo: 'このアルバムからは最初の2枚を使います。ほかの画像は1枚ずつ送ってください。',
  secondNeverCame: 'アルバムの2枚目が届きませんでした。1枚目への返信として、2枚目を同じ言葉と一緒に送ってください。',
  pictureTooLarge: (foundBytes, mostBytes) =>
    `このファイルは${Math.ceil(foundBytes / (1024 * 1024))} MBですが、Telegramでボットが受け取れるのは${Math.floor(mostBytes / (1024 * 1024))} MBまでです。ファイルではなく写真として送ってください。`,

  taken: 'クリップを作っています。',
  copyComes: '個人チャットに送っています。',
  copyNeedsStart: '個人チャットで「開始」を押してください。そこに届きます。',
  takenAlready: 'もう作っています。',
  cardDone: '完了: クリップは下にあります。',
  clipReady: 'クリップができました。',
  clipComes: 'まもなくクリップが届きます。',
  clipElsewhere: 'クリップができました。リクエストのあった場所に送れなかったので、ここに送ります。',
  clipDeleted:
    '削除しました。Telegramではボットがメッセージを取り消せるのは48時間だけなので、動画はあなたが削除するまでここに残ります。',
  deletedSoon: 'ここでは削除しました。Telegramのメッセージはまだ残っていますが、まもなく自然に消えます。',
  clipDoubtful: 'Telegramがクリップを受け取ったか分かりません。1分たっても出てこなければ、もう一度送らせてください。',
  sendingAgain: 'もう一度送っています。',
  sentAlready: 'もう送り直しました。',
  notSent: '送れませんでした。後でもう一度どうぞ。',
  clipsAlone: '個人チャットに送りました。',
  clipsNeedStart: 'あなたのクリップは、あなただけのものです。個人チャットで「開始」を押して、そこで頼んでください。',
  clipsNotHere: 'そのページのクリップはここで作られたものではありません。個人チャットで頼んでください。',
  notInChannels: 'チャンネルでは何も作りません。個人チャットかグループで写真を送ってください。',
  pressAgain: 'クリップは届いたばかりです。少ししてからもう一度押してください。',
  oldButton: 'このボタンは古くなりました。',

  inlineNew: '先にクリップを作る',
};

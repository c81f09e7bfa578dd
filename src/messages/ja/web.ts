import type { Messages } from '../en/index.ts';
import { about } from './say.ts';

export const web: Messages['web'] = {
  off: (why) =>
    `ウェブチャットはオフです(${why}、パスワードもありません)。使うには WEB_PASSWORD(8文字以上)を設定してください。`,
  elsewhere:
    'このプロセスはリクエストを処理するもので、ウェブチャットはありません。ゲートウェイ(ROLE=gateway か all)にあります。',
  notThisHost:
    'このアドレスでは応答しません。起動時に表示されたアドレスで開くか、このアドレスを PUBLIC_URL に設定してください。',
  proxied:
    'これはプロキシを通って届きました。みんなが使うアドレスを PUBLIC_URL に、あわせて WEB_PASSWORD を設定してください。',
  foreign:
    'これは別のサイトから届いたので、何もしませんでした。ボットのページを直接開いてください。プロキシの後ろでは、PUBLIC_URL をそのアドレスにする必要があります。',
  noOrigin: 'どこから来たかを Origin ヘッダーで示してください(このボットのアドレス)。',
  locked: '先にログインしてください。',
  password: 'パスワード',
  wrongPassword: 'パスワードが違います。',
  tooManyTries: (waitMs) => `パスワードの間違いが多すぎます。${about(waitMs)}後にもう一度どうぞ。`,
  badKey: 'リクエストには、英数字と「-」で8〜64文字のキーが必要です。',
  badLastAt: 'lastAt は、最後の画像がデータの何バイト目から始まるかを整数で表します。',
  badBody: 'このリクエストの本文が読み取れません。',
  badType: '画像そのものを application/octet-stream として送ってください。',
  cutOff: '画像が最後まで届きませんでした。もう一度送ってください。',
  stalled: '画像が途中で届かなくなりました。もう一度送ってください。',
  tooSlow: '画像の届き方が遅すぎます。よりよい接続でもう一度送るか、小さいものにしてください。',
  busy: '一度に多くのものが届いています。少ししてからもう一度どうぞ。',
  tooFast: (waitMs) => `一度にたくさんのクリップです。${about(waitMs)}後にもう一度どうぞ。`,
  tooManyWindows: '開いている画面が多すぎます。いくつか閉じてから再読み込みしてください。',
  notFound: 'ここには何もありません。',
  noOtherPlace: 'ここにはほかの場所がありません。ファイルかリンクを共有してください。',
  making: (file) => `${file} を作っています`,
  makingLoop: 'ループを作っています',
  recordDown: 'ボットが今、記録を使えません。約束したものは失われていません。後でもう一度どうぞ。',
  broken: 'リクエストではなく、こちら側で問題が起きました。もう一度どうぞ。詳しくはボットのログにあります。',
};

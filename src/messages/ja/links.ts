import type { Messages } from '../en/index.ts';

export const links: Messages['links'] = {
  title: (scene) => `${scene} · Kinora`,
  by: '作者:',
  clip: (scene) => `クリップ: ${scene}`,
  covered: 'このクリップは隠されています。見るにはここを押してください。',
  save: 'クリップを保存',
  made: 'Kinoraが命を吹き込んだ一枚の画像',
  gone: 'このクリップはもうここにありません',
  goneWhy: 'リンクが取り消されたか、クリップが削除されたか、アドレスが途中で切れています。',
  tooMany: (waitMs) =>
    `今、同じネットワークから見られているクリップが多すぎます。${Math.ceil(waitMs / 1000)}秒後にもう一度どうぞ。`,
  badOEmbed: 'url=<クリップのアドレス> と format=json を付けてください。',
  notNow: '今はうまくいきませんでした',
};

import type { Messages } from '../en/index.ts';

export const terminal: Messages['terminal'] = {
  usage: {
    how: '使い方: npm run animate -- 画像 ["シーン"] [オプション]',
    wordless: 'シーンを書かなければ、対応しているサービスでは画像がおまかせで動きます。',
    motion: '動きの大きさ（標準は5）',
    seed: '同じシードなら同じクリップ、指定しなければ毎回違うものになります',
    duration: '秒数（標準は5）',
    fit: '画像を16:9か9:16に合わせる方法',
    takes: '一度に作るクリップの数。シードは一つずつ進みます（標準は1）',
    file: 'FILE.mp4',
    out: 'クリップの保存先（標準はこの場所に、画像と同じ名前で）',
    outs: '複数のテイクはFILE-1.mp4、FILE-2.mp4…になります',
    force: 'すでにあるファイルを置き換えます',
    example: '例: npm run animate -- photo.jpg "波が打ち寄せる、ゆっくりズーム" --motion 7',
  },
  noPicture: '画像と、おまかせにしないならどう動かすかを書いてください: npm run animate -- photo.jpg "波が打ち寄せる"',
  emptyScene: 'シーンが空です。画像をどう動かすかを書くか、シーンを省いてください。',
  address: (picture) =>
    `${picture}はアドレスです。使えるのはファイルだけなので、画像を保存してそのファイルを指定してください。`,
  twoPictures: (one, other) =>
    `1つのクリップは1枚の画像から作ります。${one}か${other}のどちらかと、引用符に入れたシーンを書いてください。`,
  unquoted: (scene) => `シーンを引用符に入れてください: "${scene}"。`,
  notMp4: (file) => `--out ${file}: クリップはMP4です。.mp4で終わる名前にしてください。`,
  unknownOption: (option) => `${option}というオプションはありません。--helpで一覧を見られます。`,
  noValue: (option) => `${option}には値が必要です。--helpで確かめてください。`,
  noneTaken: (option) => `${option}に値は付けられません。`,
  unreadable: (file, why) => `画像${file}を読めません: ${why}。`,
  outIsFolder: (file) => `--out ${file}はフォルダーです。その中のファイルを指定してください。`,
  outIsPicture: (file) => `--out ${file}は元の画像です。別のファイルを指定してください。`,
  outIsThere: (file) => `--out ${file}はすでにあります。別のファイルを指定するか、--forceで置き換えてください。`,
  unwritable: (folder, why) => `${folder}に書き込めません: ${why}。`,
  clipUnwritten: (file, why) => `クリップはできましたが、${file}に書き込めません: ${why}。`,
  reasons: {
    ENOENT: 'そのファイルやフォルダーはありません',
    EACCES: '権限がありません',
    EPERM: '権限がありません',
    ENOSPC: 'ディスクがいっぱいです',
    EISDIR: 'フォルダーです',
    EEXIST: '別のファイルが同じ名前になっています',
  },
};

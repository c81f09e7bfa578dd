import type { Messages } from '../en/index.ts';

export const terminal: Messages['terminal'] = {
  usage: {
    how: 'Aufruf: npm run animate -- BILD ["SZENE"] [Optionen]',
    wordless: 'Ohne Szene bewegt sich das Bild von selbst, wo der Dienst solche Clips macht.',
    motion: 'wie viel sich bewegt (sonst 5)',
    seed: 'derselbe Seed ergibt denselben Clip; ohne ihn entsteht jedes Mal ein anderer',
    duration: 'Sekunden (sonst 5); ein Dienst hat vielleicht nur manche davon',
    model: 'welches Modell ihn macht, wo es mehrere gibt',
    sound: 'mit Ton, wo das Modell das kann (sonst off)',
    frame: 'ob der Clip mit dem Bild beginnt (sonst first) oder endet',
    last: 'ein zweites Bild, mit dem der Clip endet, wo das Modell eins nimmt',
    fit: 'wie das Bild in 16:9 oder 9:16 passt',
    takes: 'so viele Clips davon auf einmal, jeder mit dem nächsten Seed (sonst 1)',
    file: 'DATEI.mp4',
    out: 'wohin der Clip kommt (sonst: hierher, benannt nach dem Bild);',
    outs: 'mehrere Versionen kommen nach DATEI-1.mp4, DATEI-2.mp4 und so weiter',
    force: 'eine Datei, die schon da ist, wird ersetzt',
    example: 'Beispiel: npm run animate -- foto.jpg "Wellen rollen heran, langsamer Zoom" --motion 7',
  },
  noPicture:
    'Nenne ein Bild und, wenn es sich nicht von selbst bewegen soll, was darin passieren soll: npm run animate -- foto.jpg "Wellen rollen heran"',
  emptyScene: 'Die Szene ist leer. Sag, was im Bild passieren soll, oder lass sie ganz weg.',
  address: (picture) =>
    `${picture} ist eine Adresse, und hier gehen nur Dateien. Speichere das Bild und nenne die Datei.`,
  twoPictures: (one, other) =>
    `Ein Clip entsteht aus einem Bild: Nenne ${one} oder ${other}, dann die Szene in Anführungszeichen. Ein zweites, mit dem er endet, steht hinter --last.`,
  unquoted: (scene) => `Setz die Szene in Anführungszeichen: "${scene}".`,
  notMp4: (file) => `--out ${file}: Ein Clip ist ein MP4. Gib ihm einen Namen, der auf .mp4 endet.`,
  unknownOption: (option) => `Die Option ${option} gibt es nicht. Mit --help siehst du alle.`,
  noValue: (option) => `${option} braucht einen Wert. Mit --help siehst du, welchen.`,
  noneTaken: (option) => `${option} nimmt keinen Wert.`,
  unreadable: (file, why) => `Das Bild ${file} lässt sich nicht lesen: ${why}.`,
  outIsFolder: (file) => `--out ${file} ist ein Ordner: Nenne eine Datei darin.`,
  outIsPicture: (file) => `--out ${file} ist das Bild selbst: Nenne eine andere Datei.`,
  outIsThere: (file) => `--out ${file} gibt es schon. Nenne eine andere Datei, oder ersetze sie mit --force.`,
  unwritable: (folder, why) => `In ${folder} lässt sich nichts schreiben: ${why}.`,
  clipUnwritten: (file, why) => `Der Clip ist fertig, lässt sich aber nicht nach ${file} schreiben: ${why}.`,
  reasons: {
    ENOENT: 'diese Datei oder diesen Ordner gibt es nicht',
    EACCES: 'keine Berechtigung',
    EPERM: 'keine Berechtigung',
    ENOSPC: 'das Laufwerk ist voll',
    EISDIR: 'es ist ein Ordner',
    EEXIST: 'inzwischen heißt eine andere Datei so',
  },
};

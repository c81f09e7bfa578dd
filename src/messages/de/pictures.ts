import type { Size } from '../../task/picture.ts';
import type { Messages } from '../en/index.ts';
import { type LostWords, lostIn } from '../lost.ts';
import { isEnlarged, sizeOf as size, wholeMegabytes, wholeMegapixels } from '../shared.ts';
import { either } from './say.ts';

const PICTURES = {
  empty: 'Das Bild ist leer (0 Bytes). Schick es noch einmal.',
  truncated:
    'Das Bild ist unvollständig: Sein Ende fehlt oder ist beschädigt. Speichere es neu und schick die neue Kopie.',
  'too-heavy': 'Dieses Bild zu öffnen kostet zu viel Arbeit. Speichere es als einfaches JPEG und schick das.',
  heic: 'HEIC-Bilder kann ich nicht lesen. Schick es als JPEG (auf dem iPhone: als Foto teilen, nicht als Datei).',
  invisible: 'Auf diesem Bild ist nichts zu sehen: Es ist überall durchsichtig. Schick eins, das etwas zeigt.',
  bmp: 'BMP-Bilder kann ich nicht lesen. Speichere es als JPEG oder PNG und schick das.',
  tiff: 'TIFF-Bilder und Rohfotos kann ich nicht lesen. Speichere es als JPEG oder PNG und schick das.',
  jxl: 'JPEG-XL-Bilder kann ich nicht lesen. Speichere es als einfaches JPEG oder PNG und schick das.',
  jp2: 'JPEG-2000-Bilder kann ich nicht lesen. Speichere es als einfaches JPEG oder PNG und schick das.',
  ico: 'Symbole (ICO) kann ich nicht animieren. Speichere es als PNG und schick das.',
  cgbi: 'Dieses PNG ist von Apples eigener Art (CgBI), nur für Apps. Öffne es auf einem Mac oder iPhone, speichere es als JPEG und schick das.',
  svg: 'SVG-Zeichnungen kann ich nicht animieren. Exportiere sie als PNG und schick das.',
  pdf: 'Das ist ein PDF und kein Bild. Schick eine Seite davon als JPEG oder PNG.',
  text: 'Das ist eine Textdatei und kein Bild. Schick ein JPEG, PNG oder WebP.',
  video: 'Das ist schon ein Video. Schick ein Standbild: JPEG, PNG oder WebP.',
  'unknown-type': 'Diese Art Datei kenne ich nicht. Schick ein JPEG, PNG oder WebP.',
};

const the = (which?: 'last'): string => (which ? 'Das letzte Bild' : 'Das Bild');

export const picture: Messages['picture'] = (p, which) => {
  switch (p.type) {
    case 'too-small':
      return `${the(which)} ist zu klein (${size(p.found)}). Schick eins, bei dem jede Seite mindestens ${p.minSide} Pixel hat.`;
    case 'too-many-pixels':
      return `${the(which)} ist zu groß (${size(p.found)}). Schick eins mit höchstens ${wholeMegapixels(p.maxPixels)} Megapixeln.`;
    case 'too-many-bytes':
      return `${which ? 'Die Datei des letzten Bildes' : 'Die Bilddatei'} ist zu groß. Schick eine mit höchstens ${wholeMegabytes(p.maxBytes)} MB.`;
    case 'wrong-size':
      return `${the(which)} ist ${size(p.found)}, und die Anpassung „strict“ lässt keine Änderung zu. Schick ${either(p.wanted.map(size))}, oder nimm die Anpassung „crop“ oder „pad“.`;
    default:
      return `${which ? 'Zum letzten Bild: ' : ''}${PICTURES[p.type]}`;
  }
};

const LOST: LostWords = {
  shares: {
    '1/20': 'ein Zwanzigstel',
    '1/10': 'ein Zehntel',
    '1/8': 'ein Achtel',
    '1/6': 'ein Sechstel',
    '1/5': 'ein Fünftel',
    '1/4': 'ein Viertel',
    '1/3': 'ein Drittel',
    '2/5': 'zwei Fünftel',
    '1/2': 'die Hälfte',
    '3/5': 'drei Fünftel',
    '2/3': 'zwei Drittel',
    '3/4': 'drei Viertel',
    '4/5': 'vier Fünftel',
    '9/10': 'neun Zehntel',
  },
  sides: {
    left: 'links',
    right: 'rechts',
    leftAndRight: 'links und rechts',
    above: 'oben',
    below: 'unten',
    aboveAndBelow: 'oben und unten',
  },
};

const resized = (n: { from: Size }, fitted: Size): string =>
  isEnlarged(n, fitted) ? `von ${size(n.from)} vergrößert` : `Größe angepasst, vorher ${size(n.from)}`;

export const note: Messages['note'] = (n, fitted) => {
  switch (n.type) {
    case 'first-frame':
      return 'erstes Bild einer Animation';
    case 'upright':
      return 'aufrecht gedreht';
    case 'padded':
      return `${isEnlarged(n, fitted) ? 'vergrößert, ' : ''}Ränder um ${size(n.from)} ergänzt`;
    case 'cropped': {
      const lost = lostIn(n, fitted, LOST);
      return lost
        ? `${lost.side} ${lost.share} abgeschnitten, ${isEnlarged(n, fitted) ? 'vergrößert von' : 'vorher'} ${size(n.from)}`
        : resized(n, fitted);
    }
    case 'resized':
      return resized(n, fitted);
    case 'left-motion':
      return 'die Bewegung bestimmt der Dienst';
  }
};

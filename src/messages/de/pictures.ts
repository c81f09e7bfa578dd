import type { Messages } from '../en/index.ts';
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

export const picture: Messages['picture'] = (p) => {
  switch (p.type) {
    case 'too-small':
      return `Das Bild ist zu klein (${size(p.found)}). Schick eins, bei dem jede Seite mindestens ${p.minSide} Pixel hat.`;
    case 'too-many-pixels':
      return `Das Bild ist zu groß (${size(p.found)}). Schick eins mit höchstens ${wholeMegapixels(p.maxPixels)} Megapixeln.`;
    case 'too-many-bytes':
      return `Die Bilddatei ist zu groß. Schick eine mit höchstens ${wholeMegabytes(p.maxBytes)} MB.`;
    case 'wrong-size':
      return `Das Bild ist ${size(p.found)}, und die Form „strict“ lässt keine Änderung zu. Schick ${either(p.wanted.map(size))}, oder nimm die Form „crop“ oder „pad“.`;
    default:
      return PICTURES[p.type];
  }
};

export const note: Messages['note'] = (n, fitted) => {
  switch (n.type) {
    case 'first-frame':
      return 'erstes Bild einer Animation';
    case 'upright':
      return 'aufrecht gedreht';
    case 'cropped':
      return `aus ${size(n.from)} ausgeschnitten${isEnlarged(n, fitted) ? ' und vergrößert' : ''}`;
    case 'padded':
      return `${isEnlarged(n, fitted) ? 'vergrößert, ' : ''}Ränder um ${size(n.from)} ergänzt`;
    case 'resized':
      return isEnlarged(n, fitted) ? `von ${size(n.from)} vergrößert` : `Größe angepasst, vorher ${size(n.from)}`;
    case 'left-motion':
      return 'die Bewegung bestimmt der Dienst';
  }
};

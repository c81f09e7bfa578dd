import type { Size } from '../../task/picture.ts';
import type { Messages } from '../en/index.ts';
import { type LostWords, lostIn } from '../lost.ts';
import { isEnlarged, sizeOf as size, wholeMegabytes, wholeMegapixels } from '../shared.ts';
import { either } from './say.ts';

const PICTURES = {
  empty: 'La imagen está vacía (0 bytes). Envíala otra vez.',
  truncated: 'La imagen está incompleta: le falta el final o está dañado. Guárdala de nuevo y envía la copia nueva.',
  'too-heavy': 'Abrir esta imagen cuesta demasiado trabajo. Guárdala como un JPEG sencillo y envía ese.',
  heic: 'No puedo leer imágenes HEIC. Envíala como JPEG (en un iPhone: compártela como foto, no como archivo).',
  svg: 'No puedo animar un dibujo SVG. Expórtalo como PNG y envía ese.',
  invisible: 'En esta imagen no se ve nada: es transparente por completo. Envía una que muestre algo.',
  bmp: 'No puedo leer imágenes BMP. Guárdala como JPEG o PNG y envía esa copia.',
  tiff: 'No puedo leer imágenes TIFF ni fotos RAW. Guárdala como JPEG o PNG y envía esa copia.',
  jxl: 'No puedo leer imágenes JPEG XL. Guárdala como un JPEG o PNG común y envía esa copia.',
  jp2: 'No puedo leer imágenes JPEG 2000. Guárdala como un JPEG o PNG común y envía esa copia.',
  ico: 'No puedo animar un ícono (ICO). Guárdalo como PNG y envía ese.',
  cgbi: 'Este PNG es de un tipo propio de Apple (CgBI), hecho solo para apps. Guárdalo como JPEG en una Mac o un iPhone y envía ese.',
  pdf: 'Esto es un PDF, no una imagen. Envía una de sus páginas como JPEG o PNG.',
  text: 'Esto es un archivo de texto, no una imagen. Envía un JPEG, PNG o WebP.',
  video: 'Esto ya es un video. Envía una imagen fija: JPEG, PNG o WebP.',
  'unknown-type': 'No conozco este tipo de archivo. Envía un JPEG, PNG o WebP.',
};

const the = (which?: 'last'): string => (which ? 'La última imagen' : 'La imagen');

export const picture: Messages['picture'] = (p, which) => {
  switch (p.type) {
    case 'too-small':
      return `${the(which)} es demasiado pequeña (${size(p.found)}). Envía una de al menos ${p.minSide} píxeles por lado.`;
    case 'too-many-pixels':
      return `${the(which)} es demasiado grande (${size(p.found)}). Envía una de ${wholeMegapixels(p.maxPixels)} megapíxeles como máximo.`;
    case 'too-many-bytes':
      return `El archivo de la ${which ? 'última ' : ''}imagen pesa demasiado. Envía uno de ${wholeMegabytes(p.maxBytes)} MB como máximo.`;
    case 'wrong-size':
      return `${the(which)} es de ${size(p.found)}, y el ajuste “strict” no permite cambios. Envía ${either(p.wanted.map(size))}, o usa el ajuste “crop” o “pad”.`;
    default:
      return `${which ? 'La última imagen: ' : ''}${PICTURES[p.type]}`;
  }
};

const LOST: LostWords = {
  shares: {
    '1/20': 'una vigésima parte',
    '1/10': 'una décima parte',
    '1/8': 'un octavo',
    '1/6': 'un sexto',
    '1/5': 'un quinto',
    '1/4': 'un cuarto',
    '1/3': 'un tercio',
    '2/5': 'dos quintos',
    '1/2': 'la mitad',
    '3/5': 'tres quintos',
    '2/3': 'dos tercios',
    '3/4': 'tres cuartos',
    '4/5': 'cuatro quintos',
    '9/10': 'nueve décimos',
  },
  sides: {
    left: 'a la izquierda',
    right: 'a la derecha',
    leftAndRight: 'a izquierda y derecha',
    above: 'arriba',
    below: 'abajo',
    aboveAndBelow: 'arriba y abajo',
  },
};

const resized = (n: { from: Size }, fitted: Size): string =>
  `${isEnlarged(n, fitted) ? 'ampliada' : 'redimensionada'} desde ${size(n.from)}`;

export const note: Messages['note'] = (n, fitted) => {
  switch (n.type) {
    case 'first-frame':
      return 'primer cuadro de una animación';
    case 'upright':
      return 'enderezada';
    case 'padded':
      return `${isEnlarged(n, fitted) ? 'ampliada, ' : ''}con bordes alrededor de ${size(n.from)}`;
    case 'cropped': {
      const lost = lostIn(n, fitted, LOST);
      return lost
        ? `recorte de ${lost.share} ${lost.side}, ${isEnlarged(n, fitted) ? 'ampliada ' : ''}desde ${size(n.from)}`
        : resized(n, fitted);
    }
    case 'resized':
      return resized(n, fitted);
    case 'left-motion':
      return 'el movimiento lo decide el servicio';
  }
};

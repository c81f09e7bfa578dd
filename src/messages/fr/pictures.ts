import type { Size } from '../../task/picture.ts';
import type { Messages } from '../en/index.ts';
import { type LostWords, lostIn } from '../lost.ts';
import { isEnlarged, sizeOf as size, wholeMegabytes, wholeMegapixels } from '../shared.ts';
import { either } from './say.ts';

const PICTURES = {
  empty: 'L’image est vide (0 octet). Renvoie-la.',
  truncated:
    'L’image est incomplète : il lui manque la fin, ou celle-ci est abîmée. Enregistre-la à nouveau et envoie la nouvelle copie.',
  'too-heavy': 'Ouvrir cette image demande trop de travail. Enregistre-la comme simple JPEG et envoie celui-ci.',
  heic: 'Je ne peux pas lire les images HEIC. Envoie-la en JPEG (sur iPhone : partage-la comme photo, pas comme fichier).',
  svg: 'Je ne peux pas animer un dessin SVG. Exporte-le en PNG et envoie celui-ci.',
  invisible:
    'On ne voit rien sur cette image : elle est transparente partout. Envoies-en une qui montre quelque chose.',
  bmp: 'Je ne peux pas lire les images BMP. Enregistre-la en JPEG ou PNG et envoie cette copie.',
  tiff: 'Je ne peux pas lire les images TIFF ni les photos RAW. Enregistre-la en JPEG ou PNG et envoie cette copie.',
  jxl: 'Je ne peux pas lire les images JPEG XL. Enregistre-la en JPEG ou PNG ordinaire et envoie cette copie.',
  jp2: 'Je ne peux pas lire les images JPEG 2000. Enregistre-la en JPEG ou PNG ordinaire et envoie cette copie.',
  ico: 'Je ne peux pas animer une icône (ICO). Enregistre-la en PNG et envoie cette copie.',
  cgbi: 'Ce PNG est d’un type propre à Apple (CgBI), fait seulement pour les apps. Enregistre-le en JPEG sur un Mac ou un iPhone et envoie celui-ci.',
  pdf: 'Ceci est un PDF, pas une image. Envoies-en une page en JPEG ou PNG.',
  text: 'Ceci est un fichier texte, pas une image. Envoie un JPEG, PNG ou WebP.',
  video: 'Ceci est déjà une vidéo. Envoie une image fixe : JPEG, PNG ou WebP.',
  'unknown-type': 'Je ne connais pas ce type de fichier. Envoie un JPEG, PNG ou WebP.',
};

const the = (which?: 'last'): string => (which ? 'La dernière image' : 'L’image');

export const picture: Messages['picture'] = (p, which) => {
  switch (p.type) {
    case 'too-small':
      return `${the(which)} est trop petite (${size(p.found)}). Envoies-en une d’au moins ${p.minSide} pixels de côté.`;
    case 'too-many-pixels':
      return `${the(which)} est trop grande (${size(p.found)}). Envoies-en une de ${wholeMegapixels(p.maxPixels)} mégapixels au plus.`;
    case 'too-many-bytes':
      return `Le fichier de ${which ? 'la dernière image' : 'l’image'} est trop lourd. Envoies-en un de ${wholeMegabytes(p.maxBytes)} Mo au plus.`;
    case 'wrong-size':
      return `${the(which)} fait ${size(p.found)}, et le cadrage « strict » ne permet aucun changement. Envoie du ${either(p.wanted.map(size))}, ou prends le cadrage « crop » ou « pad ».`;
    default:
      return `${which ? 'La dernière image : ' : ''}${PICTURES[p.type]}`;
  }
};

const LOST: LostWords = {
  shares: {
    '1/20': 'd’un vingtième',
    '1/10': 'd’un dixième',
    '1/8': 'd’un huitième',
    '1/6': 'd’un sixième',
    '1/5': 'd’un cinquième',
    '1/4': 'd’un quart',
    '1/3': 'd’un tiers',
    '2/5': 'de deux cinquièmes',
    '1/2': 'de moitié',
    '3/5': 'de trois cinquièmes',
    '2/3': 'de deux tiers',
    '3/4': 'de trois quarts',
    '4/5': 'de quatre cinquièmes',
    '9/10': 'de neuf dixièmes',
  },
  sides: {
    left: 'à gauche',
    right: 'à droite',
    leftAndRight: 'à gauche et à droite',
    above: 'en haut',
    below: 'en bas',
    aboveAndBelow: 'en haut et en bas',
  },
};

const resized = (n: { from: Size }, fitted: Size): string =>
  `${isEnlarged(n, fitted) ? 'agrandie' : 'redimensionnée'} depuis ${size(n.from)}`;

export const note: Messages['note'] = (n, fitted) => {
  switch (n.type) {
    case 'first-frame':
      return 'première image d’une animation';
    case 'upright':
      return 'remise à l’endroit';
    case 'padded':
      return `${isEnlarged(n, fitted) ? 'agrandie, ' : ''}avec des bords autour de ${size(n.from)}`;
    case 'cropped': {
      const lost = lostIn(n, fitted, LOST);
      return lost
        ? `rognée ${lost.share} ${lost.side}, ${isEnlarged(n, fitted) ? 'agrandie ' : ''}depuis ${size(n.from)}`
        : resized(n, fitted);
    }
    case 'resized':
      return resized(n, fitted);
    case 'left-motion':
      return 'le service choisit le mouvement';
  }
};

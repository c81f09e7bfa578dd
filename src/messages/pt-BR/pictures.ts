import type { Size } from '../../task/picture.ts';
import type { Messages } from '../en/index.ts';
import { type LostWords, lostIn } from '../lost.ts';
import { isEnlarged, sizeOf as size, wholeMegabytes, wholeMegapixels } from '../shared.ts';
import { either } from './say.ts';

const PICTURES = {
  empty: 'A imagem está vazia (0 bytes). Mande de novo.',
  truncated: 'A imagem está incompleta: falta o final, ou ele está danificado. Salve de novo e mande a cópia nova.',
  'too-heavy': 'Abrir esta imagem dá trabalho demais. Salve como um JPEG simples e mande esse.',
  heic: 'Não consigo ler imagens HEIC. Mande como JPEG (no iPhone: compartilhe como foto, não como arquivo).',
  svg: 'Não consigo animar um desenho SVG. Exporte como PNG e mande esse.',
  invisible: 'Não dá para ver nada nesta imagem: ela é toda transparente. Mande uma que mostre algo.',
  bmp: 'Não consigo ler imagens BMP. Salve como JPEG ou PNG e mande essa cópia.',
  tiff: 'Não consigo ler imagens TIFF nem fotos RAW. Salve como JPEG ou PNG e mande essa cópia.',
  jxl: 'Não consigo ler imagens JPEG XL. Salve como um JPEG ou PNG comum e mande essa cópia.',
  jp2: 'Não consigo ler imagens JPEG 2000. Salve como um JPEG ou PNG comum e mande essa cópia.',
  ico: 'Não consigo animar um ícone (ICO). Salve como PNG e mande esse.',
  cgbi: 'Este PNG é de um tipo próprio da Apple (CgBI), feito só para apps. Salve como JPEG em um Mac ou iPhone e mande esse.',
  pdf: 'Isto é um PDF, não uma imagem. Mande uma página dele como JPEG ou PNG.',
  text: 'Isto é um arquivo de texto, não uma imagem. Mande um JPEG, PNG ou WebP.',
  video: 'Isto já é um vídeo. Mande uma imagem parada: JPEG, PNG ou WebP.',
  'unknown-type': 'Não conheço este tipo de arquivo. Mande um JPEG, PNG ou WebP.',
};

const the = (which?: 'last'): string => (which ? 'A última imagem' : 'A imagem');

export const picture: Messages['picture'] = (p, which) => {
  switch (p.type) {
    case 'too-small':
      return `${the(which)} é pequena demais (${size(p.found)}). Mande uma com pelo menos ${p.minSide} pixels de cada lado.`;
    case 'too-many-pixels':
      return `${the(which)} é grande demais (${size(p.found)}). Mande uma de até ${wholeMegapixels(p.maxPixels)} megapixels.`;
    case 'too-many-bytes':
      return `O arquivo da ${which ? 'última ' : ''}imagem é pesado demais. Mande um de até ${wholeMegabytes(p.maxBytes)} MB.`;
    case 'wrong-size':
      return `${the(which)} tem ${size(p.found)}, e o ajuste “strict” não permite mudanças. Mande ${either(p.wanted.map(size))}, ou use o ajuste “crop” ou “pad”.`;
    default:
      return `${which ? 'A última imagem: ' : ''}${PICTURES[p.type]}`;
  }
};

const LOST: LostWords = {
  shares: {
    '1/20': 'um vigésimo',
    '1/10': 'um décimo',
    '1/8': 'um oitavo',
    '1/6': 'um sexto',
    '1/5': 'um quinto',
    '1/4': 'um quarto',
    '1/3': 'um terço',
    '2/5': 'dois quintos',
    '1/2': 'metade',
    '3/5': 'três quintos',
    '2/3': 'dois terços',
    '3/4': 'três quartos',
    '4/5': 'quatro quintos',
    '9/10': 'nove décimos',
  },
  sides: {
    left: 'à esquerda',
    right: 'à direita',
    leftAndRight: 'dos dois lados',
    above: 'em cima',
    below: 'embaixo',
    aboveAndBelow: 'em cima e embaixo',
  },
};

const resized = (n: { from: Size }, fitted: Size): string =>
  `${isEnlarged(n, fitted) ? 'ampliada' : 'redimensionada'} de ${size(n.from)}`;

export const note: Messages['note'] = (n, fitted) => {
  switch (n.type) {
    case 'first-frame':
      return 'primeiro quadro de uma animação';
    case 'upright':
      return 'endireitada';
    case 'padded':
      return `${isEnlarged(n, fitted) ? 'ampliada, ' : ''}com bordas em volta de ${size(n.from)}`;
    case 'cropped': {
      const lost = lostIn(n, fitted, LOST);
      return lost
        ? `corte de ${lost.share} ${lost.side}, ${isEnlarged(n, fitted) ? 'ampliada ' : ''}de ${size(n.from)}`
        : resized(n, fitted);
    }
    case 'resized':
      return resized(n, fitted);
    case 'left-motion':
      return 'quem decide o movimento é o serviço';
  }
};

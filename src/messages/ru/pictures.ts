import type { Size } from '../../task/picture.ts';
import type { Messages } from '../en/index.ts';
import { type LostWords, lostIn } from '../lost.ts';
import { isEnlarged, sizeOf as size, wholeMegabytes, wholeMegapixels } from '../shared.ts';
import { either } from './say.ts';

const PICTURES = {
  empty: 'Картинка пустая (0 байт). Отправь её ещё раз.',
  truncated: 'Картинка неполная: конец отсутствует или повреждён. Сохрани её заново и отправь новую копию.',
  'too-heavy': 'Открыть эту картинку слишком тяжело. Пересохрани её обычным JPEG и отправь его.',
  heic: 'Картинки HEIC я читать не умею. Отправь её как JPEG (на iPhone: поделись как фото, а не как файлом).',
  invisible: 'На этой картинке ничего не видно: она вся прозрачная. Отправь такую, на которой что-то есть.',
  bmp: 'Картинки BMP я читать не умею. Сохрани её как JPEG или PNG и отправь.',
  tiff: 'Картинки TIFF и RAW-снимки я читать не умею. Сохрани её как JPEG или PNG и отправь.',
  jxl: 'Картинки JPEG XL я читать не умею. Сохрани её обычным JPEG или PNG и отправь.',
  jp2: 'Картинки JPEG 2000 я читать не умею. Сохрани её обычным JPEG или PNG и отправь.',
  ico: 'Значки (ICO) оживить нельзя. Сохрани его как PNG и отправь.',
  cgbi: 'Это PNG особого вида от Apple (CgBI), только для приложений. Сохрани его как JPEG на Mac или iPhone и отправь.',
  svg: 'Рисунки SVG оживить нельзя. Сохрани его как PNG и отправь.',
  pdf: 'Это PDF, а не картинка. Отправь страницу из него как JPEG или PNG.',
  text: 'Это текстовый файл, а не картинка. Отправь JPEG, PNG или WebP.',
  video: 'Это уже видео. Отправь неподвижную картинку: JPEG, PNG или WebP.',
  'unknown-type': 'Такие файлы мне незнакомы. Отправь JPEG, PNG или WebP.',
};

const the = (which?: 'last'): string => (which ? 'Последняя картинка' : 'Картинка');

export const picture: Messages['picture'] = (p, which) => {
  switch (p.type) {
    case 'too-small':
      return `${the(which)} слишком маленькая (${size(p.found)}). Отправь такую, у которой каждая сторона не меньше ${p.minSide} пикселей.`;
    case 'too-many-pixels':
      return `${the(which)} слишком большая (${size(p.found)}). Отправь не больше ${wholeMegapixels(p.maxPixels)} мегапикселей.`;
    case 'too-many-bytes':
      return `Файл ${which ? 'последней ' : ''}картинки слишком большой. Отправь не больше ${wholeMegabytes(p.maxBytes)} МБ.`;
    case 'wrong-size':
      return `Размер ${which ? 'последней ' : ''}картинки ${size(p.found)}, а подгонка «strict» не позволяет её менять. Отправь ${either(p.wanted.map(size))} или выбери подгонку «crop» или «pad».`;
    default:
      return `${which ? 'Последняя картинка: ' : ''}${PICTURES[p.type]}`;
  }
};

const LOST: LostWords = {
  shares: {
    '1/20': 'двадцатая часть',
    '1/10': 'десятая часть',
    '1/8': 'восьмая часть',
    '1/6': 'шестая часть',
    '1/5': 'пятая часть',
    '1/4': 'четверть',
    '1/3': 'треть',
    '2/5': 'две пятых',
    '1/2': 'половина',
    '3/5': 'три пятых',
    '2/3': 'две трети',
    '3/4': 'три четверти',
    '4/5': 'четыре пятых',
    '9/10': 'девять десятых',
  },
  sides: {
    left: 'слева',
    right: 'справа',
    leftAndRight: 'слева и справа',
    above: 'сверху',
    below: 'снизу',
    aboveAndBelow: 'сверху и снизу',
  },
};

const resized = (n: { from: Size }, fitted: Size): string =>
  `${isEnlarged(n, fitted) ? 'увеличено' : 'размер изменён'} с ${size(n.from)}`;

export const note: Messages['note'] = (n, fitted) => {
  switch (n.type) {
    case 'first-frame':
      return 'первый кадр анимации';
    case 'upright':
      return 'повёрнуто как надо';
    case 'padded':
      return `${isEnlarged(n, fitted) ? 'увеличено, ' : ''}добавлены края вокруг ${size(n.from)}`;
    case 'cropped': {
      const lost = lostIn(n, fitted, LOST);
      return lost
        ? `обрезано ${lost.side} (${lost.share}), ${isEnlarged(n, fitted) ? 'увеличено с' : 'было'} ${size(n.from)}`
        : resized(n, fitted);
    }
    case 'resized':
      return resized(n, fitted);
    case 'left-motion':
      return 'движение выбирает сервис';
  }
};

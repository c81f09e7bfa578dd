import type { Messages } from '../en/index.ts';
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

export const picture: Messages['picture'] = (p) => {
  switch (p.type) {
    case 'too-small':
      return `Картинка слишком маленькая (${size(p.found)}). Отправь такую, у которой каждая сторона не меньше ${p.minSide} пикселей.`;
    case 'too-many-pixels':
      return `Картинка слишком большая (${size(p.found)}). Отправь не больше ${wholeMegapixels(p.maxPixels)} мегапикселей.`;
    case 'too-many-bytes':
      return `Файл картинки слишком большой. Отправь не больше ${wholeMegabytes(p.maxBytes)} МБ.`;
    case 'wrong-size':
      return `Размер картинки ${size(p.found)}, а форма «strict» не позволяет её менять. Отправь ${either(p.wanted.map(size))} или выбери форму «crop» или «pad».`;
    default:
      return PICTURES[p.type];
  }
};

export const note: Messages['note'] = (n, fitted) => {
  switch (n.type) {
    case 'first-frame':
      return 'первый кадр анимации';
    case 'upright':
      return 'повёрнуто как надо';
    case 'cropped':
      return `обрезано ${isEnlarged(n, fitted) ? 'и увеличено ' : ''}из ${size(n.from)}`;
    case 'padded':
      return `${isEnlarged(n, fitted) ? 'увеличено, ' : ''}добавлены края вокруг ${size(n.from)}`;
    case 'resized':
      return `${isEnlarged(n, fitted) ? 'увеличено' : 'размер изменён'} с ${size(n.from)}`;
    case 'left-motion':
      return 'движение выбирает сервис';
  }
};

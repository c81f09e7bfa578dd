import type { Messages } from '../en/index.ts';
import { lengthsOf } from '../lengths.ts';
import { countedCredits, either } from './say.ts';

export const models: Messages['models'] = {
  choice: (label, credits, seconds) => (credits > 0 ? `${label} (${countedCredits(credits)} за ${seconds} с)` : label),
  choose: (labels) =>
    labels.length === 0
      ? 'Выбора моделей здесь нет. Не указывай модель.'
      : `Выбери одну из моделей: ${either(labels)}.`,
  lengths: (seconds, label) =>
    `${label === undefined ? 'Клип здесь' : `Клип от ${label}`} длится ${lengthsOf(seconds, either)} секунд.`,
  shapes: (names, label) =>
    names.length === 0
      ? 'Формат клипов здесь один. Не указывай его.'
      : `Формат клипа ${label === undefined ? 'здесь' : `от ${label}`}: ${either(names)}. Выбери один из них или не указывай формат.`,
  seedless: (label) =>
    `Клипы ${label === undefined ? 'здесь' : `от ${label}`} не знают сида: каждый выходит другим. Не указывай его.`,
  silent: (label) =>
    label === undefined
      ? 'Клипы здесь без звука.'
      : `Клипы от ${label} без звука. Выбери другую модель или не указывай звук.`,
  begins: 'Клипы здесь начинаются с картинки. Не указывай кадр.',
  noLast: (can, label = '') =>
    can.length === 0
      ? 'Клипы здесь не могут заканчиваться второй картинкой. Убери её.'
      : `Клипы от ${label} не могут заканчиваться второй картинкой. Выбери ${either(can)} или убери её.`,
};

import type { Messages } from '../en/index.ts';
import { lengthsOf } from '../lengths.ts';
import { countedCredits, either } from './say.ts';

export const models: Messages['models'] = {
  choice: (label, credits, seconds) => (credits > 0 ? `${label} (${countedCredits(credits)} por ${seconds} s)` : label),
  choose: (labels) =>
    labels.length === 0
      ? 'Aquí no hay modelos para elegir. No pongas ninguno.'
      : `Elige uno de los modelos que hay aquí: ${either(labels)}.`,
  lengths: (seconds, label) =>
    `${label === undefined ? 'Aquí un clip' : `Un clip de ${label}`} dura ${lengthsOf(seconds, either)} segundos.`,
  shapes: (names, label) =>
    names.length === 0
      ? 'Aquí los clips tienen un solo formato. No lo pongas.'
      : `${label === undefined ? 'Aquí un clip' : `Un clip de ${label}`} es ${either(names)}. Elige uno de estos, o no pongas el formato.`,
  seedless: (label) =>
    `${label === undefined ? 'Aquí los clips' : `Los clips de ${label}`} no conocen semillas: cada uno sale distinto. No la pongas.`,
  silent: (label) =>
    label === undefined
      ? 'Aquí los clips no tienen sonido.'
      : `Los clips de ${label} no tienen sonido. Elige otro modelo, o no pidas sonido.`,
  begins: 'Aquí los clips empiezan con la imagen. No pongas el fotograma.',
  noLast: (can, label = '') =>
    can.length === 0
      ? 'Aquí los clips no pueden terminar en una segunda imagen. Quítala.'
      : `Los clips de ${label} no pueden terminar en una segunda imagen. Elige ${either(can)}, o quítala.`,
};

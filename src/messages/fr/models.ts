import type { Messages } from '../en/index.ts';
import { lengthsOf } from '../lengths.ts';
import { countedCredits, either } from './say.ts';

export const models: Messages['models'] = {
  choice: (label, credits, seconds) =>
    credits > 0 ? `${label} (${countedCredits(credits)} pour ${seconds} s)` : label,
  choose: (labels) =>
    labels.length === 0
      ? 'Il n’y a pas de modèles à choisir ici. N’en mets pas.'
      : `Choisis un des modèles d’ici : ${either(labels)}.`,
  lengths: (seconds, label) =>
    `${label === undefined ? 'Ici, un clip' : `Un clip de ${label}`} dure ${lengthsOf(seconds, either)} secondes.`,
  shapes: (names, label) =>
    names.length === 0
      ? 'Ici, les clips n’ont qu’un format. N’en mets pas.'
      : `${label === undefined ? 'Ici, un clip' : `Un clip de ${label}`} est ${either(names)}. Choisis-en un, ou ne mets pas de format.`,
  seedless: (label) =>
    `${label === undefined ? 'Ici, les clips' : `Les clips de ${label}`} ne connaissent pas de graine : chacun est différent. N’en mets pas.`,
  silent: (label) =>
    label === undefined
      ? 'Ici, les clips n’ont pas de son.'
      : `Les clips de ${label} n’ont pas de son. Choisis un autre modèle, ou ne demande pas de son.`,
  begins: 'Ici, les clips commencent par l’image. N’indique pas sa place.',
  noLast: (can, label = '') =>
    can.length === 0
      ? 'Ici, les clips ne peuvent pas finir sur une deuxième image. Retire-la.'
      : `Les clips de ${label} ne peuvent pas finir sur une deuxième image. Choisis ${either(can)}, ou retire-la.`,
};

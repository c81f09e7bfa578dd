import type { Messages } from '../en/index.ts';
import { lengthsOf } from '../lengths.ts';
import { countedCredits, either } from './say.ts';

export const models: Messages['models'] = {
  choice: (label, credits, seconds) => (credits > 0 ? `${label} (${countedCredits(credits)} für ${seconds} s)` : label),
  choose: (labels) =>
    labels.length === 0
      ? 'Hier gibt es keine Auswahl an Modellen. Lass es weg.'
      : `Wähl eines der Modelle hier: ${either(labels)}.`,
  lengths: (seconds, label) =>
    `Ein Clip ${label === undefined ? 'hier' : `von ${label}`} dauert ${lengthsOf(seconds, either)} Sekunden.`,
  shapes: (names, label) =>
    names.length === 0
      ? 'Clips haben hier nur ein Format. Lass es weg.'
      : `Ein Clip ${label === undefined ? 'hier' : `von ${label}`} ist ${either(names)}. Nimm eins davon, oder lass das Format weg.`,
  seedless: (label) =>
    `Clips ${label === undefined ? 'hier' : `von ${label}`} kennen keinen Seed: Jeder wird anders. Lass ihn weg.`,
  silent: (label) =>
    label === undefined
      ? 'Clips haben hier keinen Ton.'
      : `Clips von ${label} haben keinen Ton. Wähl ein anderes Modell oder lass es weg.`,
  begins: 'Clips beginnen hier mit dem Bild. Lass die Angabe weg.',
  noLast: (can, label = '') =>
    can.length === 0
      ? 'Clips können hier nicht mit einem zweiten Bild enden. Lass es weg.'
      : `Clips von ${label} können nicht mit einem zweiten Bild enden. Nimm ${either(can)} oder lass es weg.`,
};

import type { Messages } from '../en/index.ts';
import { lengthsOf } from '../lengths.ts';
import { countedCredits, either } from './say.ts';

export const models: Messages['models'] = {
  choice: (label, credits, seconds) => (credits > 0 ? `${label} (${countedCredits(credits)} por ${seconds} s)` : label),
  choose: (labels) =>
    labels.length === 0
      ? 'Aqui não há modelos para escolher. Não coloque nenhum.'
      : `Escolha um dos modelos daqui: ${either(labels)}.`,
  lengths: (seconds, label) =>
    `${label === undefined ? 'Aqui um clipe' : `Um clipe do ${label}`} dura ${lengthsOf(seconds, either)} segundos.`,
  shapes: (names, label) =>
    names.length === 0
      ? 'Aqui os clipes têm um só formato. Deixe de fora.'
      : `${label === undefined ? 'Aqui um clipe' : `Um clipe do ${label}`} é ${either(names)}. Escolha um destes, ou deixe o formato de fora.`,
  seedless: (label) =>
    `${label === undefined ? 'Aqui os clipes' : `Os clipes do ${label}`} não conhecem semente: cada um sai diferente. Deixe de fora.`,
  silent: (label) =>
    label === undefined
      ? 'Aqui os clipes não têm som.'
      : `Os clipes do ${label} não têm som. Escolha outro modelo, ou não peça som.`,
  begins: 'Aqui os clipes começam com a imagem. Deixe o quadro de fora.',
  noLast: (can, label = '') =>
    can.length === 0
      ? 'Aqui os clipes não podem terminar em uma segunda imagem. Deixe-a de fora.'
      : `Os clipes do ${label} não podem terminar em uma segunda imagem. Escolha ${either(can)}, ou deixe-a de fora.`,
};

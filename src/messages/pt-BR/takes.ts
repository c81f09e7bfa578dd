import type { Messages } from '../en/index.ts';

type Counts = Parameters<Messages['takes']['ended']>[0];

/** "2 de 3 chegaram, 1 não deu certo"; `''` where none has ended. */
function told({ came, failed, cancelled }: Counts, of: number): string {
  const parts = [
    { count: came, says: came === 1 ? 'chegou' : 'chegaram' },
    { count: failed, says: failed === 1 ? 'não deu certo' : 'não deram certo' },
    { count: cancelled, says: cancelled === 1 ? 'foi cancelada' : 'foram canceladas' },
  ].filter(({ count }) => count > 0);
  return parts.map(({ count, says }, n) => `${count}${n === 0 ? ` de ${of}` : ''} ${says}`).join(', ');
}

export const takes: Messages['takes'] = {
  one: ({ number, of }) => `versão ${number} de ${of}`,
  all: (of) => `${of} versões`,
  underWay: (counts, of, status) => {
    const ended = told(counts, of);
    return ended === '' ? status : `${ended}. ${status}`;
  },
  ended: (counts, why) => {
    const { came, failed, cancelled } = counts;
    const of = came + failed + cancelled;
    if (failed + cancelled === 0) return came === 1 ? 'Chegou' : `Chegaram as ${of}`;
    return [told(counts, of), why].filter((part) => part !== '').join('. ');
  },
  onlyOne: 'Isto faz um clipe só. Para várias versões, mande a imagem de novo e peça lá.',
  notAll: 'Nem todas as suas versões deram certo.',
};

import type { Messages } from '../en/index.ts';

type Counts = Parameters<Messages['takes']['ended']>[0];

/** "2 de 3 están aquí, 1 no salió"; `''` where none has ended. */
function told({ came, failed, cancelled }: Counts, of: number): string {
  const parts = [
    { count: came, says: came === 1 ? 'está aquí' : 'están aquí' },
    { count: failed, says: failed === 1 ? 'no salió' : 'no salieron' },
    { count: cancelled, says: cancelled === 1 ? 'se canceló' : 'se cancelaron' },
  ].filter(({ count }) => count > 0);
  return parts.map(({ count, says }, n) => `${count}${n === 0 ? ` de ${of}` : ''} ${says}`).join(', ');
}

export const takes: Messages['takes'] = {
  one: ({ number, of }) => `toma ${number} de ${of}`,
  all: (of) => `${of} tomas`,
  underWay: (counts, of, status) => {
    const ended = told(counts, of);
    return ended === '' ? status : `${ended}. ${status}`;
  },
  ended: (counts, why) => {
    const { came, failed, cancelled } = counts;
    const of = came + failed + cancelled;
    if (failed + cancelled === 0) return came === 1 ? 'Aquí está' : `Aquí están las ${of}`;
    return [told(counts, of), why].filter((part) => part !== '').join('. ');
  },
  onlyOne: 'Con esto se hace un solo clip. Para varias tomas, envía la imagen otra vez y pídelas ahí.',
  notAll: 'No salieron todas tus tomas.',
};

import type { Messages } from '../en/index.ts';

type Counts = Parameters<Messages['takes']['ended']>[0];

/** "2 von 3 sind da, 1 hat nicht geklappt"; `''` where none has ended. */
function told({ came, failed, cancelled }: Counts, of: number): string {
  const parts = [
    { count: came, says: came === 1 ? 'ist da' : 'sind da' },
    { count: failed, says: failed === 1 ? 'hat nicht geklappt' : 'haben nicht geklappt' },
    { count: cancelled, says: cancelled === 1 ? 'wurde abgebrochen' : 'wurden abgebrochen' },
  ].filter(({ count }) => count > 0);
  return parts.map(({ count, says }, n) => `${count}${n === 0 ? ` von ${of}` : ''} ${says}`).join(', ');
}

export const takes: Messages['takes'] = {
  one: ({ number, of }) => `Version ${number} von ${of}`,
  all: (of) => `${of} Versionen`,
  underWay: (counts, of, status) => {
    const ended = told(counts, of);
    return ended === '' ? status : `${ended}. ${status}`;
  },
  ended: (counts, why) => {
    const { came, failed, cancelled } = counts;
    const of = came + failed + cancelled;
    if (failed + cancelled === 0) return came === 1 ? 'Sie ist da' : `Alle ${of} sind da`;
    return [told(counts, of), why].filter((part) => part !== '').join('. ');
  },
  onlyOne: 'Hier entsteht nur ein Clip. Für mehrere Versionen schick das Bild noch einmal, und sag es dort.',
  notAll: 'Nicht alle deine Versionen haben geklappt.',
};

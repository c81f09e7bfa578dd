import type { Messages } from '../en/index.ts';

type Counts = Parameters<Messages['takes']['ended']>[0];

/** "2 sur 3 sont là, 1 n’a pas marché"; `''` where none has ended. */
function told({ came, failed, cancelled }: Counts, of: number): string {
  const parts = [
    { count: came, says: came === 1 ? 'est là' : 'sont là' },
    { count: failed, says: failed === 1 ? 'n’a pas marché' : 'n’ont pas marché' },
    { count: cancelled, says: cancelled === 1 ? 'a été annulée' : 'ont été annulées' },
  ].filter(({ count }) => count > 0);
  return parts.map(({ count, says }, n) => `${count}${n === 0 ? ` sur ${of}` : ''} ${says}`).join(', ');
}

export const takes: Messages['takes'] = {
  one: ({ number, of }) => `version ${number} sur ${of}`,
  all: (of) => `${of} versions`,
  underWay: (counts, of, status) => {
    const ended = told(counts, of);
    return ended === '' ? status : `${ended}. ${status}`;
  },
  ended: (counts, why) => {
    const { came, failed, cancelled } = counts;
    const of = came + failed + cancelled;
    if (failed + cancelled === 0) return came === 1 ? 'La voilà' : `Les ${of} sont là`;
    return [told(counts, of), why].filter((part) => part !== '').join('. ');
  },
  onlyOne: 'Ceci ne fait qu’un clip. Pour plusieurs versions, renvoie l’image et demande-les là.',
  notAll: 'Tes versions n’ont pas toutes marché.',
};

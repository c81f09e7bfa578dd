/** How several takes of a picture ended, as far as they did. */
interface Counts {
  came: number;
  failed: number;
  cancelled: number;
}

/** "2 of 3 are here, 1 did not work"; `''` where none has ended. */
function told({ came, failed, cancelled }: Counts, of: number): string {
  const parts = [
    { count: came, says: came === 1 ? 'is here' : 'are here' },
    { count: failed, says: 'did not work' },
    { count: cancelled, says: cancelled === 1 ? 'was cancelled' : 'were cancelled' },
  ].filter(({ count }) => count > 0);
  return parts.map(({ count, says }, n) => `${count}${n === 0 ? ` of ${of}` : ''} ${says}`).join(', ');
}

/** What is said of several takes that were asked for at once. */
export const takes = {
  /** Among the facts of one of them, and of all. */
  one: ({ number, of }: { number: number; of: number }): string => `take ${number} of ${of}`,
  all: (of: number): string => `${of} takes`,
  /** `status`: of the first that is under way. */
  underWay: (counts: Counts, of: number, status: string): string => {
    const ended = told(counts, of);
    return ended === '' ? status : `${ended}. ${status}`;
  },
  /** `why`: the sentence of the first that did not work, or `''`. */
  ended: (counts: Counts, why: string): string => {
    const { came, failed, cancelled } = counts;
    const of = came + failed + cancelled;
    if (failed + cancelled === 0) return came === 1 ? 'It is here' : `All ${of} are here`;
    return [told(counts, of), why].filter((part) => part !== '').join('. ');
  },
  /** An answer or an edit asked for several, where one is made. */
  onlyOne: 'This makes one clip. For several takes, send the picture again and ask for them there.',
  /** Stands beside a card that says why. */
  notAll: 'Not all of your takes worked.',
};

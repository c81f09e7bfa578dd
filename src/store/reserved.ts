/** Slots of providers that this process is about to use, and that no record tells of yet. */
export function createReserved() {
  const taken = new Map<string, number>();
  const of = (provider: string): number => taken.get(provider) ?? 0;
  return {
    of,
    take(provider: string): { release(): void } {
      taken.set(provider, of(provider) + 1);
      let isTaken = true;
      return {
        release() {
          if (isTaken) taken.set(provider, of(provider) - 1);
          isTaken = false;
        },
      };
    },
  };
}

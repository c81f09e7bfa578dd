/** Words that a browser keeps under names. One that keeps nothing throws at the very name of where. */
const keptIn = (where: () => Storage) => ({
  get(name: string): string | null {
    try {
      return where().getItem(name);
    } catch {
      return null;
    }
  },
  set(name: string, value: string): void {
    try {
      where().setItem(name, value);
    } catch {} // then it is asked for, or chosen, anew, and a reload forgets it
  },
});

/** What lasts on this device. */
export const lasting = keptIn(() => localStorage);

/** What lasts as long as the tab. */
export const session = keptIn(() => sessionStorage);

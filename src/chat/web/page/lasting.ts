/** What lasts on this device. A browser that keeps nothing throws at the very name of it. */
export const lasting = {
  get(name: string): string | null {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  set(name: string, value: string): void {
    try {
      localStorage.setItem(name, value);
    } catch {} // then it is asked for, or chosen, anew
  },
};

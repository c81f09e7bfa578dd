// Loaded before the program (`--import`): what is done every so often (`src/server/turns.ts`) is done 300 times as often. All
// other waits are as they are.
const TIMES = 300;

const isTurn = (): boolean => new Error().stack?.includes('/server/turns.') ?? false;
globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
  apply: (target, self, [work, ms, ...more]) =>
    Reflect.apply(target, self, [work, isTurn() ? ms / TIMES : ms, ...more]),
});

import type { Respond } from './listener.ts';

/** A request that comes while the program starts waits for it so long. */
const START_WAIT_MS = 10_000;
const STARTING = { error: 'The bot is starting. Try again in a moment.' };

/** Stands before the program while it starts, so that the port is taken, and known, before anything slow begins. */
export function createGate(): { answer: Respond; open(answer: Respond): void } {
  let opened: Respond | undefined;
  const waiting = new Set<() => void>();

  const untilOpen = (): Promise<void> =>
    new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, START_WAIT_MS);
      waiting.add(go);
    });

  return {
    async answer(request, env) {
      if (!opened) {
        const { pathname } = new URL(request.url);
        if (pathname === '/healthz') return Response.json({ alive: true });
        if (pathname !== '/readyz') await untilOpen();
      }
      return opened?.(request, env) ?? Response.json(STARTING, { status: 503, headers: { 'Retry-After': '1' } });
    },
    open(answer) {
      opened = answer;
      for (const go of waiting) go();
    },
  };
}

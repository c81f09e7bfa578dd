import { systemClock } from '../util/clock.ts';
import { settleWithin } from '../util/settle-within.ts';
import type { Respond } from './listener.ts';

/** A request that comes while the program starts waits for it so long. */
const START_WAIT_MS = 10_000;
const STARTING = { error: 'The bot is starting. Try again in a moment.' };

/** Stands before the program while it starts, so that the port is taken, and known, before anything slow begins. */
export function createGate(): { answer: Respond; open(answer: Respond): void } {
  let opened: Respond | undefined;
  let announce = (): void => {};
  const opening = new Promise<void>((resolve) => {
    announce = resolve;
  });
  return {
    async answer(request, env) {
      if (!opened) {
        const { pathname } = new URL(request.url);
        if (pathname === '/healthz') return Response.json({ alive: true });
        if (pathname !== '/readyz') await settleWithin(opening, START_WAIT_MS, systemClock);
      }
      return opened?.(request, env) ?? Response.json(STARTING, { status: 503, headers: { 'Retry-After': '1' } });
    },
    open(answer) {
      opened = answer;
      announce();
    },
  };
}

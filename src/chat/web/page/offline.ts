import { byId } from './dom.ts';

/** This page stands at the address of another one, which is looked for so often. */
const LOOK_MS = 3_000;
const PATIENCE_MS = 10_000;

async function look(): Promise<void> {
  const answer = await fetch('/icon.svg', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    () => undefined,
  );
  // What the worker kept says nothing of the server; nor does what a proxy says in its place.
  if (answer?.ok && answer.headers.get('x-kept') === null) location.reload();
  else setTimeout(look, LOOK_MS);
}

byId('again').addEventListener('click', () => location.reload());
addEventListener('online', () => location.reload());
setTimeout(look, LOOK_MS);

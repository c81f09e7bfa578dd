/**
 * Makes a call with a signal that aborts along with `outer`, and by itself after `ms` milliseconds. Nothing of it is
 * left when the call has ended: `AbortSignal.timeout` and `any` stay in memory until a garbage collection that stops
 * everybody, and there are some for each call that a busy bot makes.
 */
export async function withDeadline<T>(
  ms: number,
  outer: AbortSignal | undefined,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const passOn = () => abort.abort(outer?.reason);
  const timer = setTimeout(() => abort.abort(new DOMException(`not done after ${ms} ms`, 'TimeoutError')), ms);
  if (outer?.aborted) passOn();
  else outer?.addEventListener('abort', passOn, { once: true });
  try {
    return await call(abort.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', passOn);
  }
}

/** Where a picture waits that another app shared; see `sw.ts`. */
export const SHARED_CACHE = 'kinora-shared';
export const SHARED_PICTURE = '/shared-picture';

/** Takes a picture that was shared with this app, once. */
export async function takeSharedPicture(take: (files: readonly Blob[]) => void): Promise<void> {
  if (!new URLSearchParams(location.search).has('shared') || !('caches' in globalThis)) return;
  history.replaceState(null, '', '/');
  const cache = await caches.open(SHARED_CACHE);
  const picture = await cache.match(SHARED_PICTURE);
  if (!picture) return;
  take([await picture.blob()]);
  await cache.delete(SHARED_PICTURE);
}

/** What shows a page where there is no connection, and takes what other apps share. A browser may have none, or refuse it. */
export function install(): void {
  if (!('serviceWorker' in navigator)) return;
  // After what is looked at.
  addEventListener('load', () => {
    navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => {});
  });
}

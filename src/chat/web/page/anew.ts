/** The windows of this browser that show pages of ours. */
const windows = new BroadcastChannel('kinora-anew');
windows.onmessage = () => location.reload();

/** Who one is here has changed, so that nothing on an open page is true any more: each begins anew. */
export function beginAnew(): void {
  windows.postMessage('anew');
  location.reload();
}

/** Takes files that are pasted, or dropped anywhere on the page. */
export function takeFiles(take: (files: readonly Blob[]) => void): void {
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    // Text goes where the cursor is; what comes from a word processor has both, and means the text.
    if (files.length === 0 || event.clipboardData?.getData('text/plain')) return;
    event.preventDefault();
    take(files);
  });

  let depth = 0;
  const show = () => document.body.toggleAttribute('data-dragging', depth > 0);
  const carries = ({ dataTransfer }: DragEvent) =>
    dataTransfer?.types.some((type) => type === 'Files' || type === 'text/uri-list');

  addEventListener('dragenter', (event) => {
    if (!carries(event)) return;
    depth++;
    show();
  });
  addEventListener('dragleave', (event) => {
    if (!carries(event)) return;
    depth = Math.max(0, depth - 1);
    show();
  });
  addEventListener('dragover', (event) => {
    if (carries(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    depth = 0;
    show();
    if (!carries(event)) return;
    event.preventDefault(); // or the browser leaves the page for the picture
    take([...(event.dataTransfer?.files ?? [])]);
  });
}

// @ts-check

import { byId, write } from './dom.js';
import { checkPicture } from './picture-check.js';
import { fileSize, sides, WORDS } from './words.js';

/** @import { Limits, Picture } from './picture-check.js' */

/**
 * Where the picture is chosen, dropped or pasted, and shown.
 * @param {object} hooks
 * @param {() => Limits} hooks.limits
 * @param {(picture: Picture | undefined) => void} hooks.onChange
 * @param {(sentence: string) => void} hooks.onProblem
 */
export function createPictureSlot({ limits, onChange, onProblem }) {
  const file = byId('file', HTMLInputElement);
  const choose = byId('choose', HTMLButtonElement);
  const chosen = byId('chosen', HTMLElement);
  const preview = byId('preview', HTMLImageElement);
  const size = byId('chosen-size', HTMLElement);
  /** @type {Picture | undefined} */
  let picture;
  let turn = 0;
  let checking = Promise.resolve();

  /** @param {Picture | undefined} next */
  function set(next) {
    picture = next;
    chosen.hidden = !next;
    choose.classList.toggle('has-picture', Boolean(next));
    if (next) {
      preview.src = next.url;
      const pixels = next.size ? `${sides(next.size)} · ` : '';
      write(size, `${pixels}${fileSize(next.blob.size)}`);
    } else preview.removeAttribute('src');
    onChange(next);
  }

  /** @param {readonly Blob[]} files */
  function take(files) {
    checking = check(files);
    return checking;
  }

  /** @param {readonly Blob[]} files */
  async function check([first, ...more]) {
    if (!first) return onProblem(WORDS.notAFile);
    const mine = ++turn;
    const checked = await checkPicture(first, limits());
    // A picture that was dropped while this one was looked at is the one meant.
    if (mine !== turn) return;
    if ('sentence' in checked) return onProblem(checked.sentence);
    if (picture) URL.revokeObjectURL(picture.url);
    set(checked);
    onProblem(more.length > 0 ? WORDS.oneAtATime : '');
  }

  choose.addEventListener('click', () => file.click());
  file.addEventListener('change', () => {
    const files = [...(file.files ?? [])];
    file.value = ''; // the same file may be chosen again
    if (files.length > 0) take(files);
  });
  byId('remove', HTMLButtonElement).addEventListener('click', () => {
    turn++;
    if (picture) URL.revokeObjectURL(picture.url);
    set(undefined);
    onProblem('');
    choose.focus();
  });
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    // Text goes where the cursor is; what comes from a word processor has both, and means the text.
    if (files.length === 0 || event.clipboardData?.getData('text/plain')) return;
    event.preventDefault();
    take(files);
  });
  acceptDrops(take);

  return {
    current: () => picture,
    /** What was chosen last has been looked at. */
    settled: () => checking,
    take,
    /** Gives the picture away: whoever takes it looks after its URL. */
    release() {
      turn++;
      set(undefined);
    },
    focus: () => choose.focus(),
  };
}

/** @param {(files: Blob[]) => void} take */
function acceptDrops(take) {
  let depth = 0;
  const show = () => document.body.toggleAttribute('data-dragging', depth > 0);
  /** @param {DragEvent} event */
  const carries = ({ dataTransfer }) =>
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

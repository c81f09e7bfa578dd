import { useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icons.tsx';
import type { Button, Look } from './look.ts';
import { canShareFiles } from './share.ts';
import { WORDS } from './words.ts';

const ICONS: Partial<Record<string, IconName>> = {
  retry: 'again',
  again: 'again',
  crop: 'again',
  edit: 'edit',
  shorten: 'edit',
  picture: 'picture',
  resend: 'send',
  change: 'edit',
  delete: 'delete',
  details: 'info',
  star: 'star',
  share: 'share',
  link: 'link',
  continue: 'onward',
  loop: 'loop',
  gif: 'picture',
  webp: 'film',
  story: 'takes',
  show: 'chat',
};

/** A double click on these means one; the others do the same thing twice at most. */
const MAKES_NEW = ['again', 'crop', 'loop', 'gif', 'webp', 'show'];
/** And these cost what another take does. */
const COSTS = ['again', 'continue'];
const DOUBLE_CLICK_MS = 500;

/** The button works again once this is settled. */
export type Act = (action: string) => unknown;

/** The row of buttons under a picture, and what stands behind **More**. `again`: what another take costs, '' for nothing. */
export function Buttons({ look, act, again = '' }: { look: Look; act: Act; again?: string }) {
  const { buttons, menu = [], stars = 0, isStarred = false } = look;
  const canShare = canShareFiles() || menu.some(({ action }) => action === 'link');
  const wanted = buttons.filter(({ action }) => action !== 'share' || canShare);
  const [isOpen, open] = useState(false);
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const priceOf = ({ action }: Button) => (COSTS.includes(action) ? again : '');
  const hasMenu = wanted.some(({ action }) => action === 'more');
  function close() {
    opener.current?.focus();
    open(false);
  }
  return (
    <>
      <div class="buttons">
        <Download look={look} />
        {wanted.map((button) =>
          button.action === 'more' ? (
            <button
              key="more"
              ref={opener}
              type="button"
              class="plain more"
              aria-expanded={isOpen}
              aria-controls={id}
              onClick={() => open(!isOpen)}
            >
              <Icon name="more" />
              <span>{button.label}</span>
            </button>
          ) : button.action === 'star' ? (
            <Press key="star" button={button} act={act} star={{ stars, isStarred }} />
          ) : (
            <Press key={button.action} button={button} act={act} more={priceOf(button)} />
          ),
        )}
      </div>
      {/* In the page itself: nothing is covered, and on a telephone nothing is cut off. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what is pressed are the buttons in it */}
      <div
        class="menu"
        id={id}
        hidden={!(isOpen && hasMenu && menu.length > 0)}
        // Before the press itself: what it asks then gives the focus back to a button that is still there.
        onClickCapture={({ target }) => target instanceof Element && target.closest('button') && close()}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          close();
        }}
      >
        {hasMenu &&
          menu.map((button) => <Press key={button.action} button={button} act={act} more={priceOf(button)} />)}
      </div>
    </>
  );
}

function Press(props: { button: Button; act: Act; more?: string; star?: { stars: number; isStarred: boolean } }) {
  const { button, act, more = '', star } = props;
  const { action, label } = button;
  const [isBusy, setBusy] = useState(false);
  const last = useRef(Number.NEGATIVE_INFINITY);
  const name = ICONS[action];
  const words = star ? (star.stars > 0 ? String(star.stars) : '') : more ? `${label} · ${more}` : label;
  async function press({ timeStamp }: MouseEvent) {
    if (isBusy || (MAKES_NEW.includes(action) && timeStamp - last.current < DOUBLE_CLICK_MS)) return;
    last.current = timeStamp;
    setBusy(true);
    await act(action);
    setBusy(false);
  }
  const named = star && {
    'aria-pressed': star.isStarred,
    'aria-label': star.stars > 0 ? WORDS.stars(star.stars) : WORDS.star,
    title: WORDS.star,
  };
  return (
    <button type="button" class={`plain ${action}`} aria-disabled={isBusy || undefined} onClick={press} {...named}>
      {name && <Icon name={name} />}
      <span>{words}</span>
    </button>
  );
}

function Download({ look: { clip, file } }: { look: Look }) {
  const url = file ? file.url : clip && `${clip.url}${clip.url.includes('?') ? '&' : '?'}download`;
  if (!url) return null;
  return (
    <a class={file ? 'plain file' : 'plain'} href={url} download="">
      <Icon name="download" />
      <span>{file && file.format !== 'loop' ? WORDS.downloadAs(file.format.toUpperCase()) : WORDS.download}</span>
    </a>
  );
}

import type { FeedEvents } from '../view.ts';
import { api } from './api.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** A telephone cuts the connections of a page in the background, and does not always say so. */
const SUSPECT_AFTER_MS = 30_000;

/** What is done with what the server tells. */
type Hooks = { [K in keyof FeedEvents]: (data: FeedEvents[K]) => void };

/**
 * The server's events, for as long as the page is open. The browser reconnects by itself (and says what it saw last)
 * after a break; after an answer that is no event stream it gives up for good, and this starts anew.
 */
export function openLive(hooks: Hooks, connected: (is: boolean) => void): void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let hiddenAt = 0;

  function open() {
    clearTimeout(timer);
    if (source) connected(false);
    source?.close();
    const opening = new EventSource('/api/events');
    source = opening;
    opening.onopen = () => {
      wait = FIRST_WAIT_MS;
      connected(true);
    };
    opening.onerror = () => {
      connected(false);
      if (opening.readyState === EventSource.CLOSED) reopenLater();
    };
    hear(opening, 'conversation');
    hear(opening, 'task');
    hear(opening, 'gone');
  }

  const hear = <K extends keyof FeedEvents>(from: EventSource, event: K) =>
    from.addEventListener(event, ({ data }: MessageEvent<string>) => hooks[event](JSON.parse(data)));

  function reopenLater() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      // An event stream does not tell why it was refused; an ordinary answer does (and leads to the password).
      const there = await api.about().then(
        () => true,
        () => false,
      );
      if (there) open();
      else reopenLater();
    }, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  addEventListener('online', open);
  addEventListener('pageshow', (event) => {
    if (event.persisted) open();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > SUSPECT_AFTER_MS) open();
  });
  open();
}

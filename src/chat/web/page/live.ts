import type { FeedEvents } from '../view.ts';
import { api } from './api.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** A telephone cuts the connections of a page in the background, and does not always say so. */
const SUSPECT_AFTER_MS = 30_000;

/** A browser has six connections to a server of HTTP/1.1, and windows that nobody sees may hold all of them. */
const PARKED_AFTER_MS = 60_000;

/** What is done with what the server tells. */
type Hooks = { [K in keyof FeedEvents]: (data: FeedEvents[K]) => void };

/**
 * The server's events, for as long as the page is open. The browser reconnects by itself (and says what it saw last)
 * after a break; after an answer that is no event stream it gives up for good, and this starts anew. Where nobody sees
 * the page for a while and nothing `isAwaited`, it lets go of its connection until it is seen.
 */
export function openLive(hooks: Hooks, connected: (is: boolean) => void, isAwaited: () => boolean): void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let hiddenAt = 0;
  let isParked = false;
  let parking: ReturnType<typeof setTimeout> | undefined;

  function open() {
    clearTimeout(timer);
    isParked = false;
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

  function parkLater() {
    parking = setTimeout(() => {
      if (isAwaited()) return parkLater();
      isParked = true;
      clearTimeout(timer);
      source?.close();
    }, PARKED_AFTER_MS);
  }

  addEventListener('online', () => isParked || open());
  addEventListener('pageshow', (event) => {
    if (event.persisted) open();
  });
  document.addEventListener('visibilitychange', () => {
    clearTimeout(parking);
    if (document.hidden) {
      hiddenAt = Date.now();
      parkLater();
    } else if (isParked || Date.now() - hiddenAt > SUSPECT_AFTER_MS) open();
  });
  open();
}

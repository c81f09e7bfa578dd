import { html } from 'hono/html';
import { type Messages, messagesFor } from '../../messages/messages.ts';
import type { Size } from '../../task/picture.ts';

/** A clip as its own page shows it, with whole addresses. */
export interface LinkedClip {
  scene: string;
  /** Whose it is; absent where others would not know them. */
  author?: string;
  /** Shown to those alone who press for it. */
  isCovered: boolean;
  size: Size;
  page: string;
  video: string;
  poster: string;
  oEmbed: string;
}

type Html = ReturnType<typeof html>;

/** The page of one clip: it works without script, and has none. */
export function linkPage(clip: LinkedClip, locale: string): Html {
  const { scene, author, isCovered, size } = clip;
  const { links: words } = messagesFor(locale);
  // Of the name under which the page itself was opened.
  const [video, poster] = [pathOf(clip.video), pathOf(clip.poster)];
  const player = html`<video controls loop muted playsinline preload="${isCovered ? 'none' : 'metadata'}" width="${size.width}" height="${size.height}" poster="${poster}" src="${video}" aria-label="${words.clip(apart(scene))}"></video>`;
  const shape = size.height > size.width ? 'tall' : 'wide';
  const body = html`<article class="shared ${shape}">
        ${
          isCovered
            ? html`<details class="cover"><summary>${words.covered}</summary>${player}</details>`
            : html`<div class="screen">${player}</div>`
        }
        <div class="said">
          <h1 dir="auto">${scene}</h1>
          ${author === undefined ? '' : html`<p class="credit">${words.by} <bdi>${author}</bdi></p>`}
          <p><a class="plain" href="${video}?download" download>${words.save}</a></p>
        </div>
      </article>`;
  return frame({ title: words.title(apart(scene)), head: unfurling(clip, words), body }, locale);
}

/** As in `page/words.js`: neither changes the direction of the other. */
const apart = (text: string): string => `\u2068${text}\u2069`;

const pathOf = (address: string): string => new URL(address).pathname;

/** Says in words that there is no clip, or none now. */
export function noLinkPage({ isGone, why }: { isGone: boolean; why: string }, locale: string): Html {
  const { gone, notNow, title } = messagesFor(locale).links;
  const what = isGone ? gone : notNow;
  const body = html`<div class="none"><h1>${what}</h1><p>${why}</p></div>`;
  return frame({ title: title(what), head: html``, body }, locale);
}

/** What chats read to show a video in place of an address (https://ogp.me): nothing of what is covered. */
function unfurling(
  { scene, author, isCovered, size, page, video, poster, oEmbed }: LinkedClip,
  words: Messages['links'],
): Html {
  const facts: [string, string | number][] = [
    ['og:site_name', 'Kinora'],
    ['og:type', isCovered ? 'website' : 'video.other'],
    ['og:title', scene],
    ['og:description', author === undefined ? words.made : `${words.by} ${author}`],
    ['og:url', page],
  ];
  const seen: [string, string | number][] = [
    ['og:image', poster],
    ['og:image:width', size.width],
    ['og:image:height', size.height],
    ['og:image:alt', scene],
    ['og:video', video],
    ...(video.startsWith('https:') ? [['og:video:secure_url', video] as [string, string]] : []),
    ['og:video:type', 'video/mp4'],
    ['og:video:width', size.width],
    ['og:video:height', size.height],
  ];
  return html`${[...facts, ...(isCovered ? [] : seen)].map(
    ([name, value]) => html`<meta property="${name}" content="${value}">
    `,
  )}<meta name="twitter:card" content="${isCovered ? 'summary' : 'summary_large_image'}">
    <link rel="alternate" type="application/json+oembed" href="${oEmbed}" title="${scene}">`;
}

const frame = ({ title, head, body }: { title: string; head: Html; body: Html }, locale: string): Html =>
  html`<!doctype html>
<html lang="${locale}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <meta name="robots" content="noindex">
    <meta name="color-scheme" content="light dark">
    <meta name="theme-color" content="#f7f5f2" media="(prefers-color-scheme: light)">
    <meta name="theme-color" content="#141210" media="(prefers-color-scheme: dark)">
    ${head}
    <link rel="icon" href="/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/base.css">
    <link rel="stylesheet" href="/link.css">
  </head>
  <body class="linked">
    <main>
      ${body}
    </main>
    <footer class="made small"><img src="/icon.svg" alt="" width="18" height="18">${messagesFor(locale).links.made}</footer>
  </body>
</html>
`;

/** https://oembed.com, of type `video`; of what is covered an address alone. Within the sides that were asked for. */
export function oEmbedOf(
  { scene, author, isCovered, size, video, poster, page }: LinkedClip,
  { maxWidth, maxHeight }: { maxWidth: number; maxHeight: number },
): Record<string, string | number | undefined> {
  const known = {
    version: '1.0',
    title: scene,
    author_name: author,
    provider_name: 'Kinora',
    provider_url: new URL(page).origin,
  };
  if (isCovered) return { type: 'link', ...known };
  const scale = Math.min(1, maxWidth / size.width, maxHeight / size.height);
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  const player = html`<video controls loop muted playsinline width="${width}" height="${height}" poster="${poster}" src="${video}"></video>`;
  return {
    type: 'video',
    ...known,
    ...{ width, height, html: String(player) },
    ...{ thumbnail_url: poster, thumbnail_width: size.width, thumbnail_height: size.height },
  };
}

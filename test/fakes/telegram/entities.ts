import { badRequest } from './refusal.ts';
import type { Entity } from './shapes.ts';

export interface Formatted {
  text: string;
  entities: Entity[];
}

/** What Telegram marks in plain text by itself. */
const MARKED = [
  { type: 'bot_command', pattern: /(?<![\w/@.])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?\b/g },
  { type: 'mention', pattern: /(?<![\w/@])@[A-Za-z]\w{3,31}\b/g },
  { type: 'hashtag', pattern: /(?<![\w#/])#[\p{L}\p{N}_]+/gu },
  { type: 'url', pattern: /\bhttps?:\/\/[^\s<>"]+/g },
];

export function findEntities(text: string, beside: Entity[] = []): Entity[] {
  const free = (at: number, length: number) =>
    !beside.some((entity) => at < entity.offset + entity.length && entity.offset < at + length);
  const found = MARKED.flatMap(({ type, pattern }) =>
    [...text.matchAll(pattern)].map(({ 0: word, index }) => ({ type, offset: index, length: word.length })),
  ).filter(({ offset, length }) => free(offset, length));
  return [...beside, ...found].sort((a, b) => a.offset - b.offset || b.length - a.length);
}

/** Reads what the bot wants to say. Throws a `Refusal` where Telegram cannot. */
export function format(text: string, parseMode: string | undefined, given: Entity[] | undefined): Formatted {
  const read = parseMode ? parse(text, parseMode) : { text, entities: given ?? [] };
  for (const { offset, length } of read.entities) checkRange(read.text, offset, length);
  const lead = read.text.length - read.text.trimStart().length;
  const trimmed = read.text.trim();
  const kept = read.entities
    .map((entity) => {
      const from = Math.max(0, entity.offset - lead);
      return { ...entity, offset: from, length: Math.min(entity.offset - lead + entity.length, trimmed.length) - from };
    })
    .filter(({ length }) => length > 0);
  return { text: trimmed, entities: findEntities(trimmed, kept) };
}

function checkRange(text: string, offset: number, length: number): void {
  if (offset < 0) throw badRequest(`receive an entity with incorrect offset ${offset}`);
  if (length < 0) throw badRequest(`receive an entity with incorrect length ${length}`);
  if (offset + length > text.length)
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${text.length}`,
    );
  for (const [edge, verb] of [
    [offset, 'begins'],
    [offset + length, 'ends'],
  ] as const)
    if (/^[\udc00-\udfff]/.test(text.slice(edge)) && /[\ud800-\udbff]$/.test(text.slice(0, edge)))
      throw badRequest(`entity beginning at UTF-16 offset ${offset} ${verb} in a middle of a UTF-16 symbol`);
}

function parse(text: string, mode: string): Formatted {
  if (mode.toLowerCase() === 'html') return parseHtml(text);
  throw badRequest('unsupported parse_mode'); // the stand-in's limit: Markdown is not for text with people's words in it
}

const TAGS: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
};
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const MAX_CODE_POINT = 0x10ffff;
const PIECE = /<(\/?)([^\s>/]*)([^>]*)(>?)|&(?:(lt|gt|amp|quot)|#(\d+)|#x([0-9a-f]+));?|[^<&]+|&/gi;

function parseHtml(html: string): Formatted {
  let text = '';
  const entities: Entity[] = [];
  const open: { tag: string; offset: number; url?: string }[] = [];
  const fail = (why: string): never => {
    throw badRequest(`can't parse entities: ${why}`);
  };
  for (const piece of html.matchAll(PIECE)) {
    const [whole, slash, name = '', attributes = '', closed, named, decimal, hex] = piece;
    const at = Buffer.byteLength(html.slice(0, piece.index));
    const tag = name.toLowerCase();
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
    if (named) text += NAMED[named.toLowerCase()];
    else if (code > 0 && code <= MAX_CODE_POINT) text += String.fromCodePoint(code);
    else if (!whole.startsWith('<')) text += whole;
    else if (slash === '/') {
      const begun = open.pop() ?? fail(`Unexpected end tag at byte offset ${at}`);
      if (tag !== '' && tag !== begun.tag)
        fail(`Unmatched end tag at byte offset ${at}, expected "</${begun.tag}>", found "</${tag}>"`);
      const { offset, url } = begun;
      if (text.length > offset)
        entities.push({ type: TAGS[begun.tag] ?? '', offset, length: text.length - offset, ...(url && { url }) });
    } else {
      if (!closed) fail(`Unclosed start tag at byte offset ${at}`);
      const spoiler = tag !== 'span' || /class\s*=\s*"?tg-spoiler"?/.test(attributes);
      if (!(tag in TAGS)) fail(`Unsupported start tag "${tag}" at byte offset ${at}`);
      if (!spoiler) fail(`Tag "span" must have class "tg-spoiler" at byte offset ${at}`);
      const url = /href\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes);
      open.push({ tag, offset: text.length, ...(url && { url: url[1] ?? url[2] ?? '' }) });
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) fail(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset) };
}

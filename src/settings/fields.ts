import { z } from 'zod';
import { isRange } from '../net/ranges.ts';

const COUNT_RULE = 'must be a whole number, 1 or more';
const PORT_RULE = 'must be a whole number from 0 (any free port) to 65535';

/** 1 or more. */
export const count = () => z.coerce.number(COUNT_RULE).int(COUNT_RULE).min(1, COUNT_RULE);

/** Any number, not only whole ones, that is so much or more. */
export const atLeast = (least: number) => z.coerce.number('must be a number').min(least, `must be ${least} or more`);

/** Any number above 0. */
export const positive = () => z.coerce.number('must be a number').positive('must be more than 0');

export const port = () => z.coerce.number(PORT_RULE).int(PORT_RULE).min(0, PORT_RULE).max(65_535, PORT_RULE);

/** A word without blanks at its ends. */
export const word = () => z.string().trim();

/** Words with commas between them, each once. */
export const list = () => z.string().transform(toList);

/** The address of a proxy: `proxy.example.org:3128` is a plain one. */
export const proxy = () => z.string().transform(toProxy);

/** Words with blanks or commas between them. */
export const words = () => z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));

/** Ranges of IP addresses with commas between them. */
export const ranges = () =>
  list().refine((all) => all.every(isRange), 'must be ranges like 198.18.0.0/15, with commas between them');

/** An address with what may stand below it, without a slash at its end. */
export const baseUrl = () => z.string().transform(toBaseUrl);

/** An address without a path. */
export const origin = () => z.string().transform(toOrigin);

function toList(text: string, context: z.RefinementCtx): string[] {
  const all = [...new Set(text.split(',').map((each) => each.trim()))].filter((each) => each !== '');
  if (all.length > 0) return all;
  context.addIssue('must be one or more values, with commas between them');
  return z.NEVER;
}

function toBaseUrl(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, '');
  context.addIssue('must be an address like https://api.example.org');
  return z.NEVER;
}

function toProxy(text: string, context: z.RefinementCtx): string {
  const address = /^\w+:\/\//.test(text) ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  context.addIssue('must be the address of an HTTP proxy, like http://proxy.example.org:3128');
  return z.NEVER;
}

function toOrigin(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const bare = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (bare) return url.origin;
  context.addIssue('must be an address without a path, like https://kinora.example.org');
  return z.NEVER;
}

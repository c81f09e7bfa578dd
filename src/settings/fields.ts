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
export const list = () =>
  z
    .string()
    .transform((text) => [...new Set(text.split(',').map((each) => each.trim()))].filter((each) => each !== ''))
    .pipe(z.array(z.string()).min(1, 'must be one or more values, with commas between them'));

/** People by platform and number, with commas between them. */
export const people = () =>
  list().refine(
    (all) => all.every((each) => /^[a-z]+:\d{1,20}$/.test(each)),
    'must be the platform and number of each, like discord:123456789012345678 or telegram:123456789',
  );

/** Keys of a service, with commas between them. */
export const keys = () =>
  list().refine(
    (all) => all.every((key) => /^[\x21-\x7e]+$/.test(key)),
    'must be keys as the service shows them, without blanks, quotes around them or other letters, and with commas between them',
  );

const isHttp = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** The address of a proxy: `proxy.example.org:3128` is a plain one. */
export const proxy = () => z.string().transform(toProxy);

/** Words with blanks or commas between them. */
export const words = () => z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));

/** Ranges of IP addresses with commas between them. */
export const ranges = () =>
  list().refine((all) => all.every(isRange), 'must be ranges like 198.18.0.0/15, with commas between them');

/** An address with what may stand below it, without a slash at its end. */
export const baseUrl = () =>
  z
    .string()
    .refine(isHttp, 'must be an address like https://api.example.org')
    .transform((text) => new URL(text).href.replace(/\/+$/, ''));

/** An address without a path. */
export const origin = () =>
  z
    .string()
    .refine(
      (text) => isHttp(text) && new URL(text).href === `${new URL(text).origin}/`,
      'must be an address without a path, like https://kinora.example.org',
    )
    .transform((text) => new URL(text).origin);

function toProxy(text: string, context: z.RefinementCtx): string {
  const address = /^\w+:\/\//.test(text) ? text : `http://${text}`;
  if (isHttp(address)) return new URL(address).href;
  context.addIssue('must be the address of an HTTP proxy, like http://proxy.example.org:3128');
  return z.NEVER;
}

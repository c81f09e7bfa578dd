import { about } from './say.ts';

/** What is read on the web page only. */
export const web = {
  off: (why: string): string =>
    `The web chat is off, because ${why} and there is no password. Set WEB_PASSWORD (8 characters or more) to switch it on.`,
  elsewhere: 'This process works on requests and has no web chat: a gateway has (ROLE=gateway or all).',
  notThisHost:
    'The bot does not answer at this address. Open it where it said that it listens, or name this address in PUBLIC_URL.',
  proxied: 'This came through a proxy. Set PUBLIC_URL to the address that people use, and WEB_PASSWORD.',
  foreign:
    'This came from another site, so nothing was done. Open the bot itself; behind a proxy, PUBLIC_URL must be its address.',
  noOrigin: 'Say with an Origin header where this comes from: the address of this bot.',
  locked: 'Log in first.',
  password: 'Password',
  wrongPassword: 'That is not the password.',
  tooManyTries: (waitMs: number): string => `Too many wrong passwords. Try again in ${about(waitMs)}.`,
  badKey: 'The request needs a key of 8 to 64 letters, digits or "-".',
  badLastAt: 'lastAt says at which byte of the body the last picture begins: a whole number.',
  badBody: 'The body of this request cannot be understood.',
  badType: 'Send the picture itself, as application/octet-stream.',
  cutOff: 'The picture did not arrive whole. Send it again.',
  stalled: 'The picture stopped arriving. Send it again.',
  tooSlow: 'The picture arrives too slowly. Send it again over a better connection, or a smaller one.',
  busy: 'Too much is arriving at once. Try again in a moment.',
  tooFast: (waitMs: number): string => `That is a lot of clips at once. Try again in ${about(waitMs)}.`,
  tooManyWindows: 'The bot is open in too many windows. Close some and reload.',
  notFound: 'There is nothing here.',
  noOtherPlace: 'There is no other place here. Share the file or the link.',
  making: (file: string): string => `Making the ${file}`,
  makingLoop: 'Making the loop',
  recordDown: 'The bot cannot use its record at present. Nothing that it promised is lost; try again later.',
  broken: 'Something went wrong here, not with your request. Try again; the log of the bot says more.',
};

/** The page of a clip that somebody gave a link to. */
export const links = {
  title: (scene: string): string => `${scene} · Kinora`,
  by: 'by',
  clip: (scene: string): string => `Clip: ${scene}`,
  covered: 'This clip is covered. Press here to see it.',
  save: 'Save the clip',
  made: 'A still picture, brought to life with Kinora',
  gone: 'This clip is not here any more',
  goneWhy: 'Its link was taken back, the clip was deleted, or the address is not complete.',
  tooMany: (waitMs: number): string =>
    `Too many clips are being watched from your network just now. Try again in ${Math.ceil(waitMs / 1000)} s.`,
  badOEmbed: 'Ask with url=<the address of a clip>, and for format=json.',
  notNow: 'That did not work just now',
};

import { span } from './say.ts';

/** Lists of clips. */
export const clips = {
  title: 'Clips made here',
  mine: 'Your clips',
  none: 'No clips found.',
  asYourself: 'Write as yourself, not as a channel or as the group, to see all of your clips.',
  over: 'This list is too old. Ask for it again.',
  notYours: "This is somebody else's list. Get your own with /clips.",
  notFound: 'There is no such clip among yours and those made here.',
  by: (name: string): string => `by ${name}`,
  ago: (ms: number): string => (ms < 60_000 ? 'just now' : `${span(ms)} ago`),
  pageBefore: 'Page before',
  nextPage: 'Next page',
};

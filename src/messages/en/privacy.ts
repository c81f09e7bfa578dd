import { counted, span } from './say.ts';

/** A question whether a person means it. */
export const confirm = {
  over: 'This question is too old, or answered already. Say the command again.',
  notYours: 'Somebody else was asked this.',
};

/** What is kept, and for how long; `service`: absent where clips are made on this machine. */
export const privacy = (kept: { keepMs: number; spendMs: number; service?: string; hasLinks: boolean }): string =>
  [
    'What I keep of you, and for how long:',
    `• Requests: your picture and words, your name and id, where you asked, and the clip. They go ${span(kept.keepMs)} after the clip is done; one with a star stays while it has one.`,
    kept.service === undefined
      ? '• Clips are made on this machine: nothing of them is given to anybody else.'
      : `• Clips are made by ${kept.service}, which gets the picture and the words, and nothing about you.`,
    '• What else a picture file tells, like where it was taken, is never passed on.',
    '• Stars: your id beside the clip, until you take the star back or the clip goes.',
    kept.hasLinks
      ? '• Links: a clip has a page of its own only if you ask for it, or where the chat cannot take the clip, until you take it back or the clip goes.'
      : '• Clips have no pages on the web here.',
    '• Open questions, forms and lists: a day. Of a chat’s /settings the last ten changes, with who made them.',
    `• What was spent: numbers, with your id and the chat only as a hash, for ${span(kept.spendMs)}.`,
    '• My messages stay in the chat until somebody deletes them. Delete, under a clip, takes it away everywhere.',
    'With /export you get your requests and stars, with /forget it goes. Only what was spent stays, and a block by those who run this bot, with your id.',
  ].join('\n');

export const forget = {
  label: 'Forget me',
  asYourself: 'Write as yourself, not as a channel or as the group, so that I know whom to forget.',
  /** `stays`: what the platform does not let a bot take away. */
  question: ({ isOnePerson, stays = '' }: { isOnePerson: boolean; stays?: string }): string =>
    isOnePerson
      ? 'This page does not know who is who, so everything made here goes, for good, whoever asked for it: pictures, requests and clips, also with a star, their links, the stars given here, and what is set here. What is being made is stopped. What was spent stays for a while as a number, because limits count it.'
      : [
          'Shall I forget everything of yours, in all chats?',
          'Your pictures, your requests and clips, also with a star, their links, the clips that others made of your pictures, the stars you gave and what you set for yourself go, for good. What is being made is stopped.',
          `My messages with your clips go, too. ${stays}`.trim(),
          'What you set for a chat stays without your name, what was spent stays for a while as a number without it, because limits count it, and a block by those who run this bot stays.',
        ].join('\n'),
  done: 'All right. It is done within a minute or two; where a service still has to be stopped, within ten.',
};

export const exported = {
  text: (clips: number): string =>
    `What I keep of you: ${counted(clips, { one: 'request', other: 'requests' })}, newest first.`,
  cut: (clips: number): string => `There are more than ${clips}; the oldest are left out.`,
  nothing: 'I have no requests or stars of yours.',
  asYourself: 'Write as yourself, not as a channel or as the group, so that I know what is yours.',
  tooSoon: 'You asked for this just now. Ask again in a minute.',
};

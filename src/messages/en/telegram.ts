import { countedCredits } from './say.ts';
/** What people read on Telegram only. */
export const telegram = {
  sendAgain: 'Send again',
  back: 'Back',
  forWhom: (name: string): string => `For ${name}`,

  /** What the bot says of itself: where a chat with it is empty, and on its profile. */
  description:
    'Send me a photo, and say in its caption what should happen in it: "waves roll in, slow zoom". I send back a short clip. In a group, reply to a photo with /animate and the same words.',
  shortDescription: 'I bring still pictures to life: send a photo and say what should happen in it.',

  help: 'Send me a photo with a caption that says what should happen in it, for instance "waves roll in, slow zoom". It may also say duration=10, motion=7, seed=42, takes=3 for three clips at once, the clip’s shape (shape=tall, or 9:16), and how the picture is made to fit it: fit=crop, fit=pad or fit=strict.',
  helpInGroups: (bot: string, command: string): string =>
    `Reply to a photo with "/${command} what should happen", or send one with a caption that begins with /${command} or mentions @${bot}. It may also say duration=10, motion=7, seed=42, takes=3, shape=tall, or fit=pad.`,
  helpTwo:
    'Two photos make a clip that goes from the first to the second: send them as an album with a caption like "from day to night", or answer one photo with the other.',
  unknownCommand: (name: string, known: readonly string[]): string =>
    `I do not know ${name}. I know ${known.map((each) => `/${each}`).join(', ')}.`,
  unknownPassed: (name: string): string => `I do not know ${name}, so I took the rest as what should happen.`,
  unknownAsked: (name: string): string => `I do not know ${name}.`,
  hearts: ({ isPrivate }: { isPrivate: boolean }): string =>
    `${isPrivate ? 'A' : 'Where I am an administrator, a'} reaction with ❤ or 🔥 on a clip is a star, too.`,
  fileAlone: 'I sent it to you in private.',
  fileNeedsStart: 'This is for you alone: write to me in private first, then ask for it again.',
  staysShown:
    'Telegram lets me take away only what I posted in the last two days: what is older loses its buttons, and you can delete it yourself.',
  seesAll: 'I can read all messages here, and leave those alone that are not meant for me.',
  seesAddressed: 'I see only what is meant for me here: commands, mentions, and replies to me.',

  /** In a group there is no button beside it. */
  askScene: ({ isPrivate, mayBeWordless }: { isPrivate: boolean; mayBeWordless: boolean }): string => {
    if (isPrivate) return 'What should happen in this picture? Answer with a line like "waves roll in, slow zoom".';
    const how = 'Reply to this message with a line like "waves roll in, slow zoom"';
    return `What should happen in this picture? ${how}${mayBeWordless ? ', or with "-" to let it move by itself' : ''}.`;
  },
  askOtherScene: (question: string, { isPrivate }: { isPrivate: boolean }): string =>
    isPrivate ? `${question} Up to now it was:` : `${question} Reply to this message. Up to now it was:`,
  captionEdited: 'Your caption changed after the clip was begun. Shall I make another one? Press Go.',
  askOtherPicture: (question: string): string =>
    `${question} Send it here. Words beside it are another scene; without, it stays:`,
  askPictureInGroup: 'Send another picture with this beside it, or reply to one with this:',
  pictureFirst: 'I am waiting for the other picture. Send it here, or close my question with /cancel.',
  sayBack: ({ isPrivate }: { isPrivate: boolean }): string =>
    isPrivate
      ? 'Shall I make this? Press Go. For other words, just send them.'
      : 'Shall I make this? Press Go. For other words, reply to this message.',
  choice: (option: string, value: string): string => `${option}: ${value}`,
  go: 'Go',
  no: 'No',
  wordless: 'Let it move by itself',
  costs: (label: string, credits: number): string => (credits > 0 ? `${label} (${countedCredits(credits)})` : label),
  closed: 'All right, nothing is made of it.',
  notAsked: 'Only the person who was asked can answer this.',
  questionGone: 'This question is closed.',
  replyToAnswer: 'I was not sure whether this answers my question above. If it does, reply to the question with it.',
  scenePlaceholder: 'waves roll in, slow zoom',
  albumRest: 'I take the first picture of an album. Send the others one by one.',
  albumRestOfTwo: 'I take the first two pictures of this album. Send the others one by one.',
  secondNeverCame:
    'The second picture of the album did not reach me. Reply to the first one with the second, and the same words beside it.',
  pictureTooLarge: (foundBytes: number, mostBytes: number): string =>
    `This file has ${Math.ceil(foundBytes / (1024 * 1024))} MB, and Telegram gives bots at most ${Math.floor(mostBytes / (1024 * 1024))} MB. Send it as a photo instead of a file.`,

  taken: 'Your clip is on its way.',
  copyComes: 'I am sending it to our private chat.',
  copyNeedsStart: 'Press Start in our private chat: then it comes there.',
  takenAlready: 'It is on its way already.',
  cardDone: 'Done: your clip is below.',
  clipReady: 'Your clip is ready.',
  clipComes: 'A clip is coming.',
  clipElsewhere: 'Your clip is ready. It could not be sent where you asked for it, so here it is.',
  clipDeleted:
    'Deleted. Telegram lets bots take back messages for 48 hours only, so the video stays here until you delete it.',
  deletedSoon: 'It is deleted here. Telegram has not taken the message away yet; it goes by itself in a moment.',
  clipDoubtful:
    'Telegram did not say whether it took your clip. If it does not appear in a minute, have it sent again.',
  sendingAgain: 'Sending it again.',
  sentAlready: 'It was sent again already.',
  notSent: 'It could not be sent. Try again later.',
  clipsAlone: 'I sent them to our private chat.',
  clipsNeedStart: 'Your clips are for you alone. Press Start in our private chat, and ask for them there.',
  clipsNotHere: 'The clips on that page were not made here. Ask for them in our private chat.',
  notInChannels: 'Nothing is made in a channel. Send me a photo in our private chat, or in a group.',
  pressAgain: 'The clip has only just come. Press again in a moment.',
  oldButton: 'This button is too old.',

  inlineNew: 'Make a clip first',
};

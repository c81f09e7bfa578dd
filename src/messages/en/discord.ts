/** Why a message is not where it would belong. */
export type Detour = 'thread-locked' | 'too-many-threads' | 'too-large' | 'place-gone';

const DETOURS: Record<Detour, string> = {
  'thread-locked': 'Its thread is locked, so the clip comes here.',
  'too-many-threads': 'This server has too many open threads, so the clip comes here.',
  'too-large': 'It is too large for the place where you asked for it, so here is your clip.',
  'place-gone': 'I cannot write any more where you asked for it, so here is your clip.',
};

/** What is read on Discord only. Names of commands and options are lower case, without spaces. */
export const discord = {
  menu: 'Animate this picture',
  menuHelp: (name: string): string => `Apps → ${name}, in the menu of a message: makes a clip of a picture in it`,
  plainHelp:
    'Or send me a picture with what should happen in it: in a direct message, or anywhere I am with a mention of me. In reply to a clip of mine, new words make another one.',
  askScene: 'What should happen in this picture?',
  say: 'Say what happens',
  askOther: 'Shall I make another clip of this picture, with your words?',
  checkOther: 'Check and send',
  sendPicture: 'Send me a picture, with what should happen in it: "waves roll in, slow zoom". /help tells more.',
  form: {
    title: 'Animate this picture',
    placeholder: 'waves roll in, slow zoom',
    usual: 'as usual',
    wordless: 'Leave it empty to let it move by itself',
    two: 'Add a second one, and the clip ends on that',
    seedOf: (seed: number): string => `Leave it empty for a new one; ${seed} keeps that of this clip`,
  },
  taken: 'Got it. Progress shows below.',
  slow: 'I have your request, but it is not on record yet. This message will say when it is; if it never does, ask again.',
  recordDown:
    'The record of this bot cannot be reached. If no card of yours appears here within a few minutes, ask again.',
  deletedSoon: 'It is deleted here. Its messages go as soon as Discord takes them away; this line will say so.',
  mayNotRemove: (missing: readonly string[]): string =>
    `I may not remove it here: ${missing.length > 0 ? `I lack ${missing.join(', ')}` : 'Discord does not let me'}. I keep trying for a day; a moderator can remove it now.`,
  stays: 'It is deleted here, but Discord does not let me take its messages away. A moderator of the place can.',
  pressAgain: 'That took too long. Try it once more.',
  tooMany: 'A lot is being asked for at once. Try again in a moment.',
  broken: 'Something went wrong here, not with your request. Try again; the log of the bot says more.',
  missing: (permissions: readonly string[], channel: string): string =>
    `I need these permissions in ${channel}: ${permissions.join(', ')}. Whoever runs this server can give them.`,
  permissions: {
    ViewChannel: 'View Channel',
    SendMessages: 'Send Messages',
    SendMessagesInThreads: 'Send Messages in Threads',
    AttachFiles: 'Attach Files',
    EmbedLinks: 'Embed Links',
    ReadMessageHistory: 'Read Message History',
    CreatePublicThreads: 'Create Public Threads',
  },
  notMember: 'I am not a member of this server, so I could not post your clip. Invite me again, as a bot.',
  noPicture: 'I see no picture in this message. Choose one with a JPEG, PNG, WebP, HEIC, AVIF or GIF in it.',
  foreignPicture: 'That picture lies outside Discord, and I fetch none from there. Save it and post it here.',
  which: 'This message has several pictures. Which one?',
  choose: 'Choose a picture',
  both: 'Both: from picture 1 to picture 2',
  nth: (n: number): string => `Picture ${n}`,
  formGone: 'This form is too old. Start again from the picture.',
  pictureAlt: 'The picture that is being animated',
  clipThere: (url: string): string => `[Here is the clip](${url})`,
  clipsThere: (urls: readonly string[]): string =>
    `Here they are: ${urls.map((url, n) => `[${n + 1}](${url})`).join(' · ')}`,
  noScene: 'The words of this scene may not be shown here.',
  thread: 'Clip',
  where: 'Choose a channel or a thread',
  whereFromHere: 'Go to where it should be shown and say /show there: your clips are offered as you type.',
  notThere: (channel: string): string => `You may not post files in ${channel}. Choose another place.`,
  foreignPlace: 'I can show it only in text channels and threads of this server. Choose another place.',
  showing: 'I will post it here in a moment.',
  sharing: (channel: string): string => `It is on its way to ${channel}.`,
  copying: 'I am sending it to you in a direct message, if you let me.',
  takeBack: 'Take it back',
  chooseClip: 'Show one here',
  coveredClip: 'A covered clip',
  detour: (why: Detour): string => DETOURS[why],
};

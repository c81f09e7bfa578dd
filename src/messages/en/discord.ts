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
  commands: {
    animate: {
      name: 'animate',
      description: 'Turn a picture into a clip of a few seconds',
      image: { name: 'image', description: 'The picture: JPEG, PNG, WebP, AVIF or GIF' },
      scene: { name: 'scene', description: 'What should happen, for instance "waves roll in, slow zoom"' },
      motion: { name: 'motion', description: 'From 1 (hardly moves) to 10 (moves a lot)' },
      duration: { name: 'duration', description: 'Seconds' },
      seed: { name: 'seed', description: 'The same seed makes the same clip again' },
      fit: { name: 'fit', description: 'What to do with a picture that is not 16:9 or 9:16' },
      fits: { crop: 'cut to shape', pad: 'add blurred edges', strict: 'no changes: refuse it' },
      seconds: (count: number): string => `${count} seconds`,
    },
    menu: 'Animate this picture',
    cancel: { name: 'cancel', description: 'Stop a clip that is being made for you here' },
    help: { name: 'help', description: 'What this bot does, and how' },
  },
  form: {
    title: 'Animate this picture',
    editTitle: 'Another scene',
    scene: 'What should happen?',
    placeholder: 'waves roll in, slow zoom',
  },
  taken: 'Taken. Your card appears here.',
  slow: 'I have your request, but it is not on record yet. This message will say when it is; if it never does, ask again.',
  recordDown:
    'The record of this bot cannot be reached. If no card of yours appears here within a few minutes, ask again.',
  tooMany: 'A lot is being asked for at once. Try again in a moment.',
  broken: 'Something went wrong here, not with your request. Try again; the log of the bot says more.',
  missing: (permissions: readonly string[], channel: string): string =>
    `I may not do enough in ${channel}. Whoever runs this server can give me: ${permissions.join(', ')}.`,
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
  noPicture: 'I see no picture in this message. Choose one with a JPEG, PNG, WebP, AVIF or GIF in it.',
  foreignPicture: 'That picture lies outside Discord, and I fetch none from there. Save it and post it here.',
  which: 'This message has several pictures. Which one?',
  choose: 'Choose a picture',
  nth: (n: number): string => `Picture ${n}`,
  formGone: 'This form is too old. Start again from the picture.',
  nothingToCancel: 'None of your clips is being made here.',
  cancelWhich: 'Several of your clips are being made here. Which one should stop?',
  help: (pictures: string, cost: string): string =>
    [
      '**/animate** with a picture and a line of text makes a clip of a few seconds: `waves roll in, slow zoom`.',
      'Or choose **Apps → Animate this picture** on a message that has a picture.',
      pictures,
      cost,
      '**/cancel** stops a clip that is being made. Under a clip, **Again** makes another take, **Edit scene** one with other words, and **Delete** removes it.',
    ].join('\n'),
  pictures: (maxMegabytes: number, minSide: number): string =>
    `Pictures are JPEG, PNG, WebP, AVIF or GIF, up to ${maxMegabytes} MB, at least ${minSide} pixels a side.`,
  free: 'Clips here are previews without AI: a camera moves over the picture. They cost nothing.',
  paid: (credits: number): string =>
    `A clip costs whoever runs this bot ${credits} ${credits === 1 ? 'credit' : 'credits'}.`,
  readyIn: (when: string): string => `ready ${when}`,
  options: (o: { motion: number; seed: number; duration: number }): string =>
    `${o.duration} s · motion ${o.motion} · seed ${o.seed}`,
  pictureAlt: 'The picture that is being animated',
  clipThere: (url: string): string => `[Here is the clip](${url})`,
  noScene: 'The words of this scene may not be shown here.',
  thread: 'Clip',
  detour: (why: Detour): string => DETOURS[why],
};

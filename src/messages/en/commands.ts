import { DURATIONS_SECONDS } from '../../task/options.ts';
import { countedCredits } from './say.ts';

/** What can be said. Names of commands and options are lower case, without spaces. */
export const commands = {
  animate: {
    name: 'animate',
    description: 'Turn a picture into a clip of a few seconds',
    options: {
      image: {
        name: 'image',
        label: 'Picture',
        description: 'The picture: JPEG, PNG, WebP, HEIC, AVIF or GIF',
        wrong: 'There is no picture with it. Send one, or reply to one.',
      },
      last: {
        name: 'last',
        label: 'Ends on',
        description: 'A second picture, which the clip ends on',
        wrong: 'Send a second picture for the end of the clip, or leave it out.',
      },
      scene: {
        name: 'scene',
        label: 'What should happen?',
        description: 'What should happen, for instance "waves roll in, slow zoom"',
        wrong: 'Say what should happen in the picture, for instance "waves roll in, slow zoom".',
      },
      motion: {
        name: 'motion',
        label: 'Motion',
        description: 'From 1 (hardly moves) to 10 (moves a lot)',
        wrong: 'Motion goes from 1 (hardly moves) to 10 (moves a lot).',
      },
      duration: {
        name: 'duration',
        label: 'Length',
        description: 'Seconds',
        choices: Object.fromEntries(DURATIONS_SECONDS.map((seconds) => [seconds, `${seconds} seconds`])),
        wrong: 'A clip lasts 2–10 seconds.',
      },
      model: {
        name: 'model',
        label: 'Model',
        description: 'Which model makes the clip',
        wrong: 'There is no such model.',
      },
      sound: {
        name: 'sound',
        label: 'Sound',
        description: 'Whether the clip has sound; it costs more',
        choices: { on: 'with sound', off: 'silent' },
        wrong: 'Sound is on or off.',
      },
      frame: {
        name: 'frame',
        label: 'Frame',
        description: 'Whether the clip begins or ends with your picture',
        choices: { first: 'begins with it', last: 'ends with it' },
        wrong: 'Frame is first (begins with the picture) or last (ends with it).',
      },
      seed: {
        name: 'seed',
        label: 'Seed',
        description: 'The same seed makes the same clip again',
        wrong: 'A seed is a whole number from 0 to 4294967295.',
      },
      shape: {
        name: 'shape',
        label: 'Shape',
        description: 'The shape of the clip; automatic: the one nearest to the picture’s',
        choices: {
          auto: 'automatic',
          wide: 'wide (16:9)',
          tall: 'tall (9:16)',
          square: 'square (1:1)',
          landscape: 'landscape (4:3)',
          portrait: 'portrait (3:4)',
          ultrawide: 'ultrawide (21:9)',
        },
        wrong: 'Shape is auto, wide, tall, square, landscape, portrait or ultrawide.',
      },
      fit: {
        name: 'fit',
        label: 'Fit',
        description: 'What to do with a picture of another shape',
        choices: { crop: 'cut to shape', pad: 'add blurred edges', strict: 'no changes: refuse it' },
        wrong: 'Fit is crop (cut to shape), pad (edges added) or strict (no changes).',
      },
      focus: {
        name: 'focus',
        description: 'What stays where the picture is cut: two shares of its width and height, such as 0.3,0.6',
        wrong: 'Focus is two numbers from 0 to 1, such as 0.3,0.6: from the left, and from above.',
      },
      takes: {
        name: 'takes',
        label: 'Takes',
        description: 'How many clips of it at once, from 1 to 4; each costs what one costs',
        wrong: 'From 1 to 4 takes are made at once.',
      },
      spoiler: {
        name: 'spoiler',
        description: 'Cover the picture and the clip until someone taps them',
        wrong: 'Spoiler is yes or no.',
      },
    },
  },
  clips: {
    name: 'clips',
    description: 'The clips made here, or all of yours',
    options: {
      of: {
        name: 'of',
        label: 'Whose',
        description: 'Those made here, or all of yours',
        choices: { here: 'made here', mine: 'all of mine' },
        wrong: 'Say "here" for the clips made here, or "mine" for all of yours.',
      },
      words: { name: 'words', description: 'Words of the scene', wrong: 'Use at most 200 characters.' },
      by: { name: 'by', description: 'Whose clips', wrong: 'Name the person whose clips you want to see.' },
      starred: { name: 'starred', description: 'Only those with a star', wrong: 'Starred is yes or no.' },
    },
  },
  show: {
    name: 'show',
    description: 'Post one of your clips, or one made here, again',
    options: {
      clip: {
        name: 'clip',
        description: 'Words of its scene, or its id',
        wrong: 'Say which clip: words of its scene, or its id.',
      },
    },
  },
  settings: {
    name: 'settings',
    description: 'For those who look after this chat: what is made here, and for whom',
    options: {},
  },
  quota: { name: 'quota', description: 'How many clips you may still ask for', options: {} },
  privacy: { name: 'privacy', description: 'What this bot keeps of you, and for how long', options: {} },
  export: { name: 'export', description: 'Get what this bot keeps of you, as a file', options: {} },
  forget: { name: 'forget', description: 'Delete all that this bot keeps of you', options: {} },
  admin: {
    name: 'admin',
    description: 'For those who run this bot: how it does, and what to do about it',
    options: {
      do: {
        name: 'do',
        description: 'What to do; without, how it does today',
        choices: {
          pause: 'pause: begin nothing new',
          resume: 'resume',
          stop: 'stop a task',
          retry: 'retry a task',
          block: 'block a person',
          unblock: 'unblock a person',
          refuse: 'refuse a word',
          allow: 'allow a word again',
          park: 'leave a key alone',
          free: 'use a key again',
        },
        wrong: 'Say one of pause, resume, stop, retry, block, unblock, refuse, allow, park and free.',
      },
      what: {
        name: 'what',
        description: 'The task’s id, the person, the word or the key',
        wrong: 'Use at most 200 characters.',
      },
    },
  },
  cancel: { name: 'cancel', description: 'Stop a clip that is being made for you here', options: {} },
  help: { name: 'help', description: 'What this bot does, and how', options: {} },
};

/** What can be pressed under a card or a clip. `help`: what it does, after its label. */
export const actions = {
  cancel: { label: 'Cancel' },
  cancelAll: { label: 'Cancel all' },
  again: { label: 'Again', help: 'another take' },
  edit: {
    label: 'Edit scene',
    help: 'one with other words',
    title: 'Another scene',
    question: 'What should happen instead?',
  },
  crop: { label: 'Use crop' },
  shorten: { label: 'Shorter scene' },
  picture: {
    label: 'Another picture',
    title: 'Another picture',
    question: 'Which picture should it be instead?',
  },
  star: {
    label: '⭐',
    help: 'a star; clips with one are kept',
    counted: (stars: number): string => (stars === 0 ? '⭐' : `⭐ ${stars}`),
    on: 'You starred this clip.',
    off: 'Your star is taken back.',
  },
  share: { label: 'Share', help: 'shows it somewhere else', question: 'Where should this clip be shown?' },
  link: {
    label: 'Link',
    help: 'a page of its own, for everybody who has the address',
    text: (url: string): string => `Everybody who has this address can see the clip:\n${url}`,
    nowhere: 'This bot cannot be reached from outside, so its clips have no pages of their own.',
  },
  unlink: { label: 'Take the link back', done: 'The page of this clip is gone.' },
  copy: {
    label: 'Send me a copy',
    nowhere: 'Write to me in private first, then I can send you a copy there.',
  },
  continue: {
    label: 'Continue',
    help: 'goes on where the clip ends; both come as one',
    title: 'Continue this clip',
    question: ({ seconds, credits }: { seconds: number; credits: number }): string =>
      credits > 0 ? `What happens next? (${seconds} s: ${countedCredits(credits)})` : 'What happens next?',
    tooLong: (n: number): string => `A continued clip is ${n} seconds long at most, and this would be longer.`,
  },
  loop: {
    label: 'Loop',
    help: 'there and back, to be played again and again',
    silent: 'The loop has no sound.',
  },
  gif: { label: 'Save as GIF' },
  webp: { label: 'Save as WebP' },
  story: { label: 'Story', help: 'all takes of its picture', text: 'All takes of this picture, the first one first:' },
  report: {
    label: 'Report',
    help: 'tells those who look after this chat',
    done: 'Thank you. Those who look after this chat are told, and can take the clip down.',
    own: 'This clip is yours: Delete takes it away.',
  },
  more: { label: 'More', text: 'What should happen with this clip?' },
  show: { label: 'Show here' },
  delete: { label: 'Delete', help: 'removes it' },
  details: { label: 'Details', help: 'its seed, cost and times' },
  retry: { label: 'Try again' },
  leave: { label: 'Leave it' },
};

/** The lines of `/help`. */
export const help = {
  intro: 'A picture and a line of text make a clip of a few seconds: "waves roll in, slow zoom".',
  command: (name: string, description: string): string => `/${name}: ${description}`,
  under: 'Under a clip:',
  action: (label: string, does: string): string => `${label}: ${does}`,
  pictures: (maxMegabytes: number, minSide: number): string =>
    `Pictures are JPEG, PNG, WebP, HEIC or AVIF, up to ${maxMegabytes} MB, at least ${minSide} pixels a side.`,
  free: 'Clips here are previews without AI: a camera moves over the picture. They cost nothing.',
  paid: (credits: number): string => `A clip costs the operator of this bot ${countedCredits(credits)}.`,
};

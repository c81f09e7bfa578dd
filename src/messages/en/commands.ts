/** What can be said. Names of commands and options are lower case, without spaces. */
export const commands = {
  animate: {
    name: 'animate',
    description: 'Turn a picture into a clip of a few seconds',
    options: {
      image: {
        name: 'image',
        label: 'Picture',
        description: 'The picture: JPEG, PNG, WebP, AVIF or GIF',
        wrong: 'There is no picture with it. Send one, or reply to one.',
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
        choices: { 5: '5 seconds', 10: '10 seconds' },
        wrong: 'A clip lasts 5 or 10 seconds.',
      },
      seed: {
        name: 'seed',
        label: 'Seed',
        description: 'The same seed makes the same clip again',
        wrong: 'A seed is a whole number from 0 to 4294967295.',
      },
      fit: {
        name: 'fit',
        label: 'Shape',
        description: 'What to do with a picture that is not 16:9 or 9:16',
        choices: { crop: 'cut to shape', pad: 'add blurred edges', strict: 'no changes: refuse it' },
        wrong: 'Fit is crop (cut to shape), pad (edges added) or strict (no changes).',
      },
      spoiler: {
        name: 'spoiler',
        description: 'Cover the picture and the clip until someone taps them',
        wrong: 'Spoiler is yes or no.',
      },
    },
  },
  cancel: { name: 'cancel', description: 'Stop a clip that is being made for you here', options: {} },
  help: { name: 'help', description: 'What this bot does, and how', options: {} },
};

/** What can be pressed under a card or a clip. `help`: what it does, after its label. */
export const actions = {
  cancel: { label: 'Cancel' },
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
    `Pictures are JPEG, PNG, WebP or AVIF, up to ${maxMegabytes} MB, at least ${minSide} pixels a side.`,
  free: 'Clips here are previews without AI: a camera moves over the picture. They cost nothing.',
  paid: (credits: number): string =>
    `A clip costs the operator of this bot ${credits} ${credits === 1 ? 'credit' : 'credits'}.`,
};

/** What tests of the stand-in for Discord send again and again. */

/** One pixel. */
export const SMALL_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const COMMANDS = [
  {
    name: 'animate',
    description: 'Brings a picture to life',
    options: [
      { type: 11, name: 'picture', description: 'The picture', required: true },
      { type: 3, name: 'scene', description: 'What happens', required: true, max_length: 500 },
    ],
  },
  { type: 3, name: 'Animate' },
];

/** A Components V2 message with one button. */
export const CANCEL_CARD = {
  flags: 1 << 15,
  allowed_mentions: { parse: [] },
  components: [
    {
      type: 17,
      components: [
        { type: 10, content: 'Rendering' },
        { type: 1, components: [{ type: 2, style: 4, label: 'Cancel', custom_id: 'cancel:1' }] },
      ],
    },
  ],
};

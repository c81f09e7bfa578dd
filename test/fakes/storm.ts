import type { Fault, Storm } from './misbehave.ts';

/** The job is certainly not taken, though after a reset the client cannot know. */
const NOT_TAKEN: Fault[] = [
  { how: 'status', status: 429 },
  { how: 'status', status: 429, retryAfter: '1' },
  { how: 'reset', when: 'unread' },
  { how: 'reset', when: 'read' },
];

/** The job may be taken (and charged for) or not; the answer does not tell. */
const MURKY: Fault[] = [
  ...[500, 504].flatMap((status): Fault[] => [
    { how: 'status', status },
    { how: 'status', status, worked: true },
  ]),
  { how: 'reset', when: 'worked' },
  { how: 'garbage' },
  { how: 'garbage', worked: false },
  { how: 'html' },
  { how: 'html', worked: false },
  { how: 'huge' },
  { how: 'cut' },
  { how: 'patch', omit: ['uuid', 'id', 'request_id'] },
];

/** Says nothing about the job that was asked for. */
const BLIPS: Fault[] = [
  ...[429, 500, 502, 503, 504].map((status): Fault => ({ how: 'status', status })),
  { how: 'reset', when: 'unread' },
  { how: 'reset', when: 'worked' },
  ...(['garbage', 'html', 'huge', 'cut'] as const).map((how): Fault => ({ how })),
  { how: 'patch', omit: ['status'] },
  { how: 'patch', omit: ['url', 'output'] },
  { how: 'patch', set: { status: 'UNHEARD OF' } },
];

const BAD_DOWNLOADS: Fault[] = [
  { how: 'status', status: 403 },
  { how: 'status', status: 500 },
  { how: 'reset', when: 'unread' },
  { how: 'cut' },
  { how: 'cut', keep: 0.99 },
];

/** A task that is said to be gone once, though it is not. Left out of the storm: twice in a row it would be believed. */
export const GONE: Fault = { how: 'status', status: 404 };

/** Everything at once, by chance. `silent`: also calls that are never answered, for clients with short time-outs. */
export function stormOn(
  service: 'aivideoapi' | 'runway' | 'fal',
  { seed, chance, silent = false }: { seed: number; chance: number; silent?: boolean },
): Storm {
  // Runway sheds load with these before any work; of the others nobody knows.
  const shed = [502, 503].flatMap((status): Fault[] => [
    { how: 'status', status },
    ...(service !== 'runway' ? [{ how: 'status', status, worked: true } as const] : []),
  ]);
  const silence: Fault[] = silent ? [{ how: 'silence' }, { how: 'silence', worked: true }] : [];
  return {
    seed,
    chance,
    faults: {
      submit: [...NOT_TAKEN, ...MURKY, ...shed, ...silence],
      poll: [...BLIPS, ...silence],
      result: [...BLIPS, { how: 'patch', omit: ['video'] }, ...silence],
      clip: [...BAD_DOWNLOADS, ...silence.slice(0, 1)],
    },
  };
}

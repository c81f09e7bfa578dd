import type { PictureNote, Size } from '../task/picture.ts';

/** The shares of a side that are told by name, smallest first. */
const SHARES = {
  '1/20': 1 / 20,
  '1/10': 1 / 10,
  '1/8': 1 / 8,
  '1/6': 1 / 6,
  '1/5': 1 / 5,
  '1/4': 1 / 4,
  '1/3': 1 / 3,
  '2/5': 2 / 5,
  '1/2': 1 / 2,
  '3/5': 3 / 5,
  '2/3': 2 / 3,
  '3/4': 3 / 4,
  '4/5': 4 / 5,
  '9/10': 9 / 10,
};
type Share = keyof typeof SHARES;
type Side = 'left' | 'right' | 'leftAndRight' | 'above' | 'below' | 'aboveAndBelow';

/** What a language says of a crop: how much of a side is gone, and where. */
export interface LostWords {
  shares: Readonly<Record<Share, string>>;
  sides: Readonly<Record<Side, string>>;
}

/** Less than this share of a side is not told: nobody misses it. */
const UNSEEN = 0.03;
/** As much of it on one side is told as all of it. */
const ONE_SIDE = 0.9;

const isShare = (name: string): name is Share => name in SHARES;

/** What a crop took of a picture, in words; `to`: its size since. Undefined where that is next to nothing. */
export function lostIn(
  { from, atStart = 0.5 }: Extract<PictureNote, { type: 'cropped' }>,
  to: Size,
  { shares, sides }: LostWords,
): { share: string; side: string } | undefined {
  const narrower = (to.width * from.height) / (to.height * from.width);
  const lost = 1 - Math.min(narrower, 1 / narrower);
  if (lost < UNSEEN) return undefined;
  const off = (name: Share) => Math.abs(SHARES[name] - lost);
  const [nearest = '1/20'] = Object.keys(SHARES)
    .filter(isShare)
    .toSorted((one, other) => off(one) - off(other));
  const [start, end, both] =
    narrower < 1 ? (['left', 'right', 'leftAndRight'] as const) : (['above', 'below', 'aboveAndBelow'] as const);
  const side = atStart >= ONE_SIDE ? start : atStart <= 1 - ONE_SIDE ? end : both;
  return { share: shares[nearest], side: sides[side] };
}

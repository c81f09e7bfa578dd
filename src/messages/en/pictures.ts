import type { PictureNote, PictureProblem, Size } from '../../task/picture.ts';
import { type LostWords, lostIn } from '../lost.ts';
import { isEnlarged, sizeOf as size, wholeMegabytes, wholeMegapixels } from '../shared.ts';
import { either } from './say.ts';

/** What is wrong with a picture, where no number belongs to it. */
const PICTURES = {
  empty: 'The picture is empty (0 bytes). Send it again.',
  truncated: 'The picture is incomplete: its end is missing or damaged. Save it again and send the new copy.',
  'too-heavy': 'This picture takes too much work to open. Save it anew as a plain JPEG and send that.',
  heic: 'HEIC pictures cannot be read here. Send it as JPEG (on an iPhone: share it as a photo, not as a file).',
  invisible: 'There is nothing to see in this picture: it is transparent all over. Send one that shows something.',
  svg: 'SVG drawings cannot be animated. Export it as PNG and send that.',
  bmp: 'BMP pictures cannot be read here. Save it as JPEG or PNG and send that.',
  tiff: 'TIFF pictures and raw photos cannot be read here. Save it as JPEG or PNG and send that.',
  jxl: 'JPEG XL pictures cannot be read here. Save it as a plain JPEG or PNG and send that.',
  jp2: 'JPEG 2000 pictures cannot be read here. Save it as a plain JPEG or PNG and send that.',
  ico: 'Icons (ICO) cannot be animated. Save it as PNG and send that.',
  cgbi: 'This PNG is of Apple’s own kind (CgBI), made for apps alone. Save it as JPEG on a Mac or iPhone and send that.',
  pdf: 'This is a PDF, not a picture. Send a page of it as JPEG or PNG.',
  text: 'This is a text file, not a picture. Send a JPEG, PNG or WebP.',
  video: 'This is a video already. Send a still picture: JPEG, PNG or WebP.',
  'unknown-type': 'This kind of file is not known here. Send a JPEG, PNG or WebP.',
};

const the = (which?: 'last'): string => (which ? 'The last picture' : 'The picture');

/** Why a picture cannot be used, and the way out. `which`: it is the one that the clip was to end on. */
export function picture(p: PictureProblem, which?: 'last'): string {
  switch (p.type) {
    case 'too-small':
      return `${the(which)} is too small (${size(p.found)}). Send one of at least ${p.minSide} pixels a side.`;
    case 'too-many-pixels':
      return `${the(which)} is too large (${size(p.found)}). Send one of at most ${wholeMegapixels(p.maxPixels)} megapixels.`;
    case 'too-many-bytes':
      return `${the(which)}'s file is too large. Send one of at most ${wholeMegabytes(p.maxBytes)} MB.`;
    case 'wrong-size':
      return `${the(which)} is ${size(p.found)}, and the fit "strict" allows no changes. Send ${either(p.wanted.map(size))}, or use the fit "crop" or "pad".`;
    default:
      return `${which ? 'The last picture: ' : ''}${PICTURES[p.type]}`;
  }
}

/** What a crop took of it. */
const LOST: LostWords = {
  shares: {
    '1/20': 'a twentieth',
    '1/10': 'a tenth',
    '1/8': 'an eighth',
    '1/6': 'a sixth',
    '1/5': 'a fifth',
    '1/4': 'a quarter',
    '1/3': 'a third',
    '2/5': 'two fifths',
    '1/2': 'half',
    '3/5': 'three fifths',
    '2/3': 'two thirds',
    '3/4': 'three quarters',
    '4/5': 'four fifths',
    '9/10': 'nine tenths',
  },
  sides: {
    left: 'on the left',
    right: 'on the right',
    leftAndRight: 'left and right',
    above: 'above',
    below: 'below',
    aboveAndBelow: 'above and below',
  },
};

const resized = (n: { from: Size }, fitted: Size): string =>
  `${isEnlarged(n, fitted) ? 'enlarged' : 'resized'} from ${size(n.from)}`;

/** What was done to a picture. `fitted`: its size since. */
export function note(n: PictureNote, fitted: Size): string {
  switch (n.type) {
    case 'first-frame':
      return 'first frame of an animation';
    case 'upright':
      return 'turned upright';
    case 'padded':
      return `${isEnlarged(n, fitted) ? 'enlarged, ' : ''}edges added around ${size(n.from)}`;
    case 'cropped': {
      const lost = lostIn(n, fitted, LOST);
      return lost
        ? `${lost.share} cut off ${lost.side}, ${isEnlarged(n, fitted) ? 'enlarged ' : ''}from ${size(n.from)}`
        : resized(n, fitted);
    }
    case 'resized':
      return resized(n, fitted);
    case 'left-motion':
      return 'motion is up to the service';
  }
}

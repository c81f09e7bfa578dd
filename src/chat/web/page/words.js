// @ts-check

/** @import { About } from '../view.ts' */
/** @import { PictureType, Sniffed } from './sniff.js' */

/** @param {number} bytes */
export function fileSize(bytes) {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / (1024 * 1024)).toFixed(1).replace(/\.0$/, '')} MB`;
}

/** @param {number} credits */
export const price = (credits) => `${credits} credit${credits === 1 ? '' : 's'}`;

/** Scenes that suit most pictures; each moves the camera, so that the preview without AI shows something too. */
export const EXAMPLES = [
  'Slow zoom in, the light softens',
  'Clouds drift, the camera pans left',
  'Zoom out, leaves rustle in the wind',
];

/** Why a file is not taken, and the way out. @type {Record<Exclude<Sniffed, PictureType>, string>} */
export const NOT_A_PICTURE = {
  empty: 'This file is empty (0 bytes). Choose another one.',
  svg: 'SVG drawings cannot be animated. Export it as PNG and choose that.',
  bmp: 'BMP pictures cannot be read here. Save it as JPEG or PNG and choose that.',
  tiff: 'TIFF pictures and raw photos cannot be read here. Save it as JPEG or PNG and choose that.',
  jxl: 'JPEG XL pictures cannot be read here. Save it as a plain JPEG or PNG and choose that.',
  jp2: 'JPEG 2000 pictures cannot be read here. Save it as a plain JPEG or PNG and choose that.',
  ico: 'Icons (ICO) cannot be animated. Save it as PNG and choose that.',
  cgbi: 'This PNG is of Apple’s own kind (CgBI), made for apps alone. Save it as JPEG on a Mac or iPhone and choose that.',
  pdf: 'This is a PDF, not a picture. Save a page of it as JPEG or PNG.',
  text: 'This is a text file, not a picture. Choose a JPEG, PNG, WebP, HEIC, AVIF or GIF.',
  video: 'This is a video already. Choose a still picture: JPEG, PNG, WebP, HEIC, AVIF or GIF.',
  'unknown-type': 'This kind of file is not known here. Choose a JPEG, PNG, WebP, HEIC, AVIF or GIF.',
};

export const WORDS = {
  unreadable: 'This file cannot be read from your device. Save a copy of it and choose that.',
  damaged: 'Your browser cannot show this picture: it may be damaged. Save it again, as JPEG or PNG.',
  notAFile: 'That was a link or text, not a picture. Save the picture and choose the file.',
  oneAtATime: 'One picture makes one clip, so only the first was taken.',
  /** @param {number} bytes @param {number} most */
  tooManyBytes: (bytes, most) =>
    `The picture's file is too large (${fileSize(bytes)}). Choose one of at most ${fileSize(most)}, for instance a JPEG of it.`,
  /** @param {{width: number, height: number}} size @param {number} minSide */
  tooSmall: ({ width, height }, minSide) =>
    `The picture is too small (${width}×${height}). Choose one of at least ${minSide} pixels a side.`,

  noPicture: 'Choose a picture first: drop it here, paste it, or use the picture button.',
  noScene: 'Say what should happen in the picture, for instance “waves roll in, slow zoom”.',
  noSceneYet: 'Say what should happen in the picture, or press “Let it move by itself”.',
  /** Stands for a scene without words. */
  byItself: 'moves by itself',
  mayStayEmpty: 'Without words it moves by itself',
  /** @param {number} found @param {number} most */
  sceneTooLong: (found, most) => `The scene is too long (${found} characters). Use at most ${most}.`,
  /** @param {string} count @param {number} cost */
  takes: (count, cost) => `${count} takes${cost > 0 ? `, ${price(cost)}` : ''}`,
  /** @param {number} cost */
  takesCost: (cost) => `${price(cost)} in all`,
  takesMean: 'several clips of it at once, each a little different',
  badSeed: 'A seed is a whole number from 0 to 4294967295. Leave it empty for a random one.',
  composerInUse: 'Send or remove what is here first, then change the other one.',

  preview: 'Preview without AI: camera moves only.',
  sending: 'Sending',
  /** @param {number} part */
  sendingPart: (part) => `Sending ${Math.round(part * 100)} %`,
  sendingAgain: 'No connection. It is sent again as soon as there is one.',
  notSent: 'Not sent yet.',
  lost: 'Connection lost, trying again…',
  offline: 'This could not be sent: no connection. Try again.',
  broken: 'The server could not answer. Try again.',
  done: 'The clip is ready',
  deleted: 'Deleted',
  delete: 'Delete',
  reallyThat: 'Really?',
  deleteClip: 'Delete this clip?',
  clipGoes: 'The picture and its clip are erased here. This cannot be undone.',
  deleteRequest: 'Delete this request?',
  requestGoes: 'The picture and what you asked for are erased here. This cannot be undone.',
  anotherPicture: 'Choose another picture. The scene is here already.',
  linkCopied: 'The link is copied. Everybody who has it can see the clip:',
  shared: 'Shared.',
  madeBelow: 'It is being made at the end of this page.',
  madeInChat: 'It is being made in the chat.',
  shownInChat: 'It stands in the chat once more.',
  star: 'Star',
  /** @param {number} count */
  stars: (count) => `Star, ${count} so far`,
  oneStar: 'star',
  manyStars: 'stars',
  /** @param {string} format */
  downloadAs: (format) => `Download ${format.toUpperCase()}`,
  shownAgain: 'Shown once more',
  /** @param {string} author */
  shownBy: (author) => `by ${author}`,
  storyTitle: 'All takes of this picture',
  noClips: 'There are no clips yet. The first one you make stands here.',
  noSuchClips: 'No clip has all of these words. Try fewer.',
  noStarred: 'No clip has a star yet. Press the star under one you like.',
  /** @param {number} count @param {boolean} more */
  clipsShown: (count, more) => `${count}${more ? ' and more' : ''} ${count === 1 && !more ? 'clip' : 'clips'}`,
  anotherPictureAlone: 'Choose another picture, then press “Let it move by itself”.',
  titleDone: 'Clip ready – Kinora',
  title: 'Kinora',
};

/** @type {Record<string, { name: string, means: string }>} */
export const FITS = {
  crop: { name: 'Crop', means: 'cut to shape, towards what draws the eye' },
  pad: { name: 'Pad', means: 'nothing is cut, blurred edges are added' },
  strict: { name: 'Strict', means: 'no changes: only pictures of exactly the right size' },
};

/**
 * What a person should know about what renders.
 * @param {About} about
 */
export function modeLine({ costs }) {
  const all = Object.entries(costs).filter(([, cost]) => cost > 0);
  const [first] = all;
  if (!first) return WORDS.preview;
  if (all.every(([, cost]) => cost === first[1])) return `${price(first[1])} a clip`;
  return all.map(([seconds, cost]) => `${price(cost)} for ${seconds} s`).join(', ');
}

// @ts-check

// Plain JavaScript, because the page in the browser loads this very file, too. Numbers, sizes and times come in as the
// reader's language writes them.

import { formsIn } from '../plural.js';

const form = formsIn('en');

/** The words of the web page. What its HTML has in braces is one of these. @typedef {typeof page} Page */
export const page = {
  // What stands on the page from the beginning.
  title: 'Kinora',
  description: 'Brings still pictures to life: a picture, a line of text, a clip.',
  skip: 'Write a scene',
  noScript: 'Kinora needs JavaScript: please allow it for this page.',
  clips: 'Clips',
  yourClips: 'Your clips',
  showOlder: 'Show older',
  welcome: 'Bring a picture to life',
  welcomeHow: 'Add a picture, say what should happen in it, and get a short clip.',
  newClip: 'New clip',
  newest: 'Newest',
  choose: 'Choose a picture',
  orDrop: 'or drop it here, or paste it',
  chosen: 'What will be animated',
  remove: 'Remove',
  letItMove: 'Let it move by itself',
  addPicture: 'Add another picture',
  eachAClip: 'Each becomes a clip of its own',
  takePhoto: 'Take a photo',
  /** The frame over the picture, where it is cut. */
  kept: 'What is kept of the picture',
  keptHow: 'Drag it, or use the arrow keys',
  keptAt: {
    left: 'at the left',
    right: 'at the right',
    above: 'at the top',
    below: 'at the bottom',
    middle: 'in the middle',
  },
  scene: 'Scene',
  sayWhat: 'Say what should happen',
  animate: 'Animate',
  options: 'Options',
  moreOptions: 'More',
  usual: 'What is usual here',
  howItMoves: 'How the camera moves',
  noPictureAtHand: 'No picture at hand? Take one of ours:',
  beStill: 'Pause the moving pictures',
  moveOn: 'Let the pictures move',
  dropAnywhere: 'Drop it anywhere',
  keepIt: 'Keep it',
  close: 'Done',

  clipsTitle: 'Clips – Kinora',
  chat: 'Chat',
  findClips: 'Find clips',
  wordsOfScene: 'Words of the scene',
  withStar: 'With a star',
  allClips: 'All clips',
  nextPage: 'Next page',
  oneBefore: 'The one before',
  oneAfter: 'The next one',
  closeClip: 'Close',
  clip: 'Clip',

  loginTitle: 'Kinora: sign in',
  private:
    'This Kinora is private. Its password opens it on this device. What is made here is seen by all who have the password.',
  password: 'Password',
  open: 'Open',

  /** Moves that are put into a scene, in words that the preview's table of moves knows. */
  moves: {
    in: { name: 'Push in', scene: 'slow push in' },
    pan: { name: 'Pan', scene: 'pan to the right' },
    orbit: { name: 'Orbit', scene: 'the camera orbits to the left' },
    crane: { name: 'Crane', scene: 'the camera rises' },
    hand: { name: 'Handheld', scene: 'handheld camera' },
  },
  /** @param {string} scene @param {string} move */
  withMove: (scene, move) => `${scene}, ${move}`,
  /** Our own pictures, each with a scene that suits it. */
  samples: {
    hills: {
      name: 'Hills in the morning mist',
      scene: 'Mist drifts through the valley, the camera pans slowly to the right',
    },
    boat: { name: 'A sailing boat at dusk', scene: 'The boat rocks on the waves, slow zoom in' },
    city: { name: 'A cat above a city at night', scene: 'Lights twinkle in the windows, the camera rises slowly' },
  },

  /** Why a file is not taken, and the way out. */
  notAPicture: {
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
  },
  unreadable: 'This file cannot be read from your device. Save a copy of it and choose that.',
  damaged: 'Your browser cannot show this picture: it may be damaged. Save it again, as JPEG or PNG.',
  notAFile: 'That was a link or text, not a picture. Save the picture and choose the file.',
  oneAtATime: 'One picture makes one clip, so only the first was taken.',
  /** @param {string} found @param {string} most */
  tooManyBytes: (found, most) =>
    `The picture's file is too large (${found}). Choose one of at most ${most}, for instance a JPEG of it.`,
  /** @param {string} size @param {number} minSide In pixels. */
  tooSmall: (size, minSide) => `The picture is too small (${size}). Choose one of at least ${minSide} pixels a side.`,

  noPicture: 'Choose a picture first: drop it here, paste it, or use the picture button.',
  noScene: 'Say what should happen in the picture, for instance “waves roll in, slow zoom”.',
  noSceneYet: 'Say what should happen in the picture, or press “Let it move by itself”.',
  /** Stands for a scene without words. */
  byItself: 'moves by itself',
  mayStayEmpty: 'Without words it moves by itself',
  /** @param {number} found @param {number} most */
  sceneTooLong: (found, most) => `The scene is too long (${found} characters). Use at most ${most}.`,
  composerInUse: 'Send or remove what is here first, then change the other one.',
  anotherPicture: 'Choose another picture. The scene is here already.',
  anotherPictureAlone: 'Choose another picture, then press “Let it move by itself”.',
  bothPictures: 'This clip goes from one picture to another: choose both again.',

  /** @param {number} credits */
  price: (credits) => `${credits} ${form(credits, { one: 'credit', other: 'credits' })}`,
  /** @param {number} n */
  clipCount: (n) => `${n} ${form(n, { one: 'clip', other: 'clips' })}`,
  /** @param {number} n */
  leftToday: (n) => `${n} left today`,
  /** @param {number} n */
  onlySoMany: (n) =>
    n > 0
      ? `Only ${n} more ${form(n, { one: 'clip', other: 'clips' })} can be asked for now. Remove some pictures, or ask for fewer takes.`
      : 'No more clips can be asked for now.',
  /** @param {number} n */
  tooManyPictures: (n) => `${n} pictures at once are the most.`,
  preview: 'Preview without AI: camera moves only.',

  // Options of a clip.
  motion: 'Motion',
  model: 'Model',
  length: 'Length',
  sound: 'Sound',
  frame: 'The picture',
  beginsClip: 'Begins it',
  endsClip: 'Ends it',
  endOn: 'End on another picture',
  endsOn: 'The clip ends on this',
  silent: 'Silent',
  withSound: 'With sound',
  shape: 'Shape',
  fit: 'Fit',
  takes: 'Takes',
  seed: 'Seed',
  /** @type {Record<string, { name: string, means: string }>} */
  fits: {
    crop: { name: 'Crop', means: 'cut to shape, towards what draws the eye' },
    pad: { name: 'Pad', means: 'nothing is cut, blurred edges are added' },
    strict: { name: 'Strict', means: 'no changes: only pictures of exactly the right size' },
  },
  /** @param {number} n */
  seconds: (n) => `${n} s`,
  takesMean: 'several clips of it at once, each a little different',
  random: 'Random',
  seedMeans: 'the same seed gives the same take',
  anotherSeed: 'Another',
  /** @param {number} seed */
  sameSeed: (seed) => `Same (${seed})`,
  badSeed: 'A seed is a whole number from 0 to 4294967295. Leave it empty for a random one.',
  /** What was chosen, one by one, beside the word "Options". */
  chose: {
    sound: 'with sound',
    /** @param {string} n */
    seed: (n) => `seed ${n}`,
  },

  // A request on its way.
  sending: 'Sending',
  /** @param {string} percent */
  sendingPart: (percent) => `Sending ${percent}`,
  sendingAgain: 'No connection. It is sent again as soon as there is one.',
  notSent: 'Not sent yet.',
  lost: 'Connection lost, trying again…',
  offline: 'This could not be sent: no connection. Try again.',
  broken: 'The server could not answer. Try again.',
  cancel: 'Cancel',
  sendNow: 'Send now',
  change: 'Change it',
  discard: 'Discard',

  // A clip, and what was done with it.
  progress: 'Progress',
  /** @param {string} scene */
  clipOf: (scene) => `Clip: ${scene}`,
  /** @param {string} scene */
  done: (scene) => `The clip is ready: ${scene}`,
  tellWhenDone: 'Tell me when it is done',
  titleDone: 'Clip ready – Kinora',
  pause: 'Pause',
  play: 'Play',
  soundOn: 'Sound on',
  soundOff: 'Sound off',
  fullScreen: 'Full screen',
  download: 'Download',
  /** @param {string} format */
  downloadAs: (format) => `Download ${format}`,
  star: 'Star',
  /** @param {number} count */
  stars: (count) => `Star, ${count} so far`,
  /** Behind a number that is shown. @param {number} count */
  starsAfter: (count) => form(count, { one: 'star', other: 'stars' }),
  shownAgain: 'Shown once more',
  loop: 'Loop',
  /** @param {string} author */
  shownBy: (author) => `by ${author}`,
  linkCopied: 'The link is copied. Everybody who has it can see the clip:',
  shared: 'Shared.',
  madeBelow: 'It is being made at the end of this page.',
  madeInChat: 'It is being made in the chat.',
  shownInChat: 'It stands in the chat once more.',
  showInChat: 'Show in the chat',
  details: 'Details',
  useAgain: 'Use these again',
  editScene: 'Edit scene',
  newScene: 'New scene',
  nextScene: 'What happens next?',
  keepAsItIs: 'Keep as it is',
  deleted: 'Deleted',
  undo: 'Undo',
  really: 'Really?',

  // Clips by pages.
  story: 'All takes of this picture',
  noClips: 'There are no clips yet. The first one you make stands here.',
  makeOne: 'Make one',
  noSuchClips: 'No clip has all of these words. Try fewer.',
  noStarred: 'No clip has a star yet. Press the star under one you like.',
  /** @param {number} count @param {boolean} more */
  clipsShown: (count, more) =>
    more ? `${count} and more clips` : `${count} ${form(count, { one: 'clip', other: 'clips' })}`,

  // People.
  everybodys: 'Everybody’s',
  mine: 'Mine',
  whose: 'Whose clips',
  nothingMine: 'Nothing of yours yet.',
  showAll: 'Show everybody’s',
  yourName: 'Your name',
  nameHow: 'Everyone who opens this page sees it on your clips. It may stay empty.',
  save: 'Save',
  askName: 'What may the others call you?',
  notNow: 'Not now',
  bySomebody: 'by somebody else',

  // Where there is no connection.
  offlineTitle: 'Not reachable – Kinora',
  offlineHead: 'Kinora cannot be reached',
  offlineWhy: 'You may be offline, or the computer that Kinora runs on is off or starting again.',
  offlineKept: 'What you typed is kept on this device, and clips that are being made go on without this page.',
  tryAgain: 'Try again',
  backSoon: 'This page comes back by itself.',
};

/** The terminal's own: `npm run animate`. Names of options and files stay as they are typed. */
export const terminal = {
  usage: {
    how: 'Usage: npm run animate -- PICTURE ["SCENE"] [options]',
    wordless: 'Without a scene the picture moves by itself, where the service makes such clips.',
    motion: 'how much moves (default 5)',
    seed: 'the same seed gives the same clip again; without, each run makes another',
    duration: 'seconds (default 5); a service may have some of them only',
    model: 'which model makes it, where there are several',
    sound: 'with sound, where the model has it (default off)',
    frame: 'whether the clip begins with the picture (default first) or ends with it',
    last: 'a second picture, which the clip ends on, where the model takes one',
    shape: 'the clip’s: auto (default: the one nearest to the picture’s), wide,',
    shapes: 'tall, square, landscape, portrait or ultrawide',
    fit: 'how a picture of another shape is made to fit',
    focus: 'what stays where it is cut, from 0,0 (top left) to 1,1',
    takes: 'so many clips of it at once, each with the next seed (default 1)',
    file: 'FILE.mp4',
    out: 'where the clip goes (default: beside you, named after the picture);',
    outs: 'several takes go to FILE-1.mp4, FILE-2.mp4 and so on',
    force: 'a file that is there already is replaced',
    example: 'Example: npm run animate -- photo.jpg "waves roll in, slow zoom" --motion 7',
  },
  noPicture:
    'Name a picture and, unless it should move by itself, what should happen in it: npm run animate -- photo.jpg "waves roll in"',
  emptyScene: 'The scene is empty. Say what should happen in the picture, or leave it out altogether.',
  address: (picture: string): string =>
    `${picture} is an address, and only files are taken. Save the picture, and name that file.`,
  twoPictures: (one: string, other: string): string =>
    `A clip is made of one picture: name ${one} or ${other}, then the scene in quotes. A second one, which it ends on, goes behind --last.`,
  unquoted: (scene: string): string => `Put the scene in quotes: "${scene}".`,
  notMp4: (file: string): string => `--out ${file}: a clip is an MP4. Give it a name that ends in .mp4.`,
  unknownOption: (option: string): string => `There is no option ${option}. With --help you see those that there are.`,
  noValue: (option: string): string => `${option} wants a value. With --help you see which.`,
  noneTaken: (option: string): string => `${option} takes no value.`,
  unreadable: (file: string, why: string): string => `The picture ${file} cannot be read: ${why}.`,
  outIsFolder: (file: string): string => `--out ${file} is a folder: name a file in it.`,
  outIsPicture: (file: string): string => `--out ${file} is the picture itself: name another file.`,
  outIsThere: (file: string): string =>
    `--out ${file} is there already. Name another file, or add --force to replace it.`,
  unwritable: (folder: string, why: string): string => `Nothing can be written to ${folder}: ${why}.`,
  clipUnwritten: (file: string, why: string): string => `The clip is ready but cannot be written to ${file}: ${why}.`,
  /** Why the file system said no, after a colon. */
  reasons: {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOSPC: 'the disk is full',
    EISDIR: 'it is a folder',
    EEXIST: 'another file has that name by now',
  },
};

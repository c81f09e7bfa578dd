import { PlainError } from './plain-error.ts';

export type FolderTrouble = 'full' | 'not-writable' | 'disk';

export const FOLDER_SENTENCES: Record<FolderTrouble, (dir: string) => string> = {
  full: (dir) => `The disk that holds ${dir} is full. Make room on it; nothing that was recorded is lost.`,
  'not-writable': (dir) => `${dir} cannot be created or written. Allow this user to, or set another DATA_DIR.`,
  disk: (dir) => `The disk that holds ${dir} does not work as it should. Check it, or set another DATA_DIR.`,
};

const CODES: Record<string, FolderTrouble> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'not-writable',
  EPERM: 'not-writable',
  EROFS: 'not-writable',
  ENOTDIR: 'not-writable',
  // Also the code of making a folder on a disk that may only be read.
  ENOENT: 'not-writable',
  EEXIST: 'not-writable',
  EISDIR: 'not-writable',
  ENAMETOOLONG: 'not-writable',
  ELOOP: 'not-writable',
  EIO: 'disk',
  EMFILE: 'disk',
  ENFILE: 'disk',
};

/** The folder's part in a failed file operation; undefined where it has none. */
export function folderTrouble(error: unknown): FolderTrouble | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? CODES[error.code] : undefined;
}

/** The error to throw instead: a `PlainError` about `dir` where that is at fault, else the error itself. */
export function aboutFolder(error: unknown, dir: string): unknown {
  const trouble = folderTrouble(error);
  return trouble ? new PlainError(FOLDER_SENTENCES[trouble](dir), { cause: error }) : error;
}

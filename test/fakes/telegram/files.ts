import { createHash, randomBytes } from 'node:crypto';
import { imageSize } from 'image-size';
import { z } from 'zod';
import { isoBrands } from '../../../src/media/pictures/sniff.js';
import type { MovableClock } from './clock.ts';
import { type Call, type Method, method, str } from './params.ts';
import { badRequest } from './refusal.ts';
import type { FileInfo } from './shapes.ts';

/** What getFile hands out, in bytes. */
const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;
/** "It is guaranteed that the link will be valid for at least 1 hour"; here for no longer. */
const LINK_MS = 60 * 60 * 1000;
/** "The thumbnail should be in JPEG format and less than 200 kB in size [...] should not exceed 320." */
const MAX_THUMBNAIL_BYTES = 200 * 1000;
const MAX_THUMBNAIL_SIDE = 320;

export type FileKind = 'photo' | 'document' | 'video' | 'thumbnail';

export interface StoredFile {
  kind: FileKind;
  info: FileInfo;
  bytes: Buffer;
  sha256: string;
  /** A video sent with too little said about it, which larger ones show as a square, blank tile. */
  square?: boolean;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const isMp4 = (bytes: Buffer): boolean => isoBrands(bytes).length > 0;

export function createFiles(clock: MovableClock) {
  const byId = new Map<string, StoredFile>();
  const links = new Map<string, { file: StoredFile; until: number }>();
  let count = 0;

  function add(kind: FileKind, bytes: Buffer, info: Partial<FileInfo> = {}): StoredFile {
    const hash = sha256(bytes);
    const file: StoredFile = {
      kind,
      bytes,
      sha256: hash,
      info: {
        file_id: `AgAC${randomBytes(30).toString('base64url')}`,
        file_unique_id: `AQAD${Buffer.from(hash, 'hex').toString('base64url').slice(0, 11)}`,
        file_size: bytes.length,
        ...info,
      },
    };
    byId.set(file.info.file_id, file);
    return file;
  }

  function link(file: StoredFile): string {
    const extension = /\.(\w+)$/.exec(file.info.file_name ?? '')?.[1] ?? (file.kind === 'video' ? 'mp4' : 'jpg');
    const path = `${file.kind}s/file_${++count}.${extension}`;
    links.set(path, { file, until: clock.now() + LINK_MS });
    return path;
  }

  const getFile: Method = method(z.object({ file_id: str }), ({ file_id }) => {
    const file = byId.get(file_id);
    if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
    if (file.info.file_size > MAX_DOWNLOAD_BYTES) throw badRequest('file is too big');
    const { file_unique_id, file_size } = file.info;
    return { file_id, file_unique_id, file_size, file_path: link(file) };
  });

  return {
    add,
    get: (id: string) => byId.get(id),
    letGo(id: string): void {
      const file = byId.get(id);
      if (file) file.bytes = Buffer.alloc(0);
    },
    methods: { getFile },
    /** The file behind a path that getFile gave less than an hour ago. */
    download(path: string): StoredFile | undefined {
      const found = links.get(path);
      return found && found.until > clock.now() ? found.file : undefined;
    },
    /** A file parameter: uploaded under its own name or by `attach://`, or sent before and named by `file_id`. */
    take(call: Call, kind: FileKind, value: string | undefined, field: string = kind): StoredFile {
      const upload = call.files.get(value?.startsWith('attach://') ? value.slice('attach://'.length) : field);
      if (upload && (value === undefined || value.startsWith('attach://'))) {
        if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
        return add(kind, upload.bytes, { file_name: upload.name });
      }
      if (value === undefined) throw badRequest(`there is no ${field} in the request`);
      if (/^https?:/.test(value)) throw badRequest('failed to get HTTP URL content'); // nothing else is on this net
      const file = byId.get(value);
      if (!file) throw badRequest('wrong file identifier/HTTP URL specified');
      if (file.kind !== kind) throw badRequest(`can't use file of type ${titled(file.kind)} as ${titled(kind)}`);
      return file;
    },
    /** The real service drops a bad thumbnail in silence; here it is refused, so that it is noticed. */
    takeThumbnail(call: Call, value: string | undefined): FileInfo | undefined {
      const id = value?.startsWith('attach://') ? value.slice('attach://'.length) : 'thumbnail';
      const bytes = call.files.get(id)?.bytes;
      if (!bytes) {
        if (value !== undefined) throw badRequest('thumbnails can only be uploaded as new files');
        return undefined;
      }
      const size = imageSizeOf(bytes);
      if (size?.type !== 'jpg' || bytes.length > MAX_THUMBNAIL_BYTES) throw badRequest('IMAGE_PROCESS_FAILED');
      if (Math.max(size.width, size.height) > MAX_THUMBNAIL_SIDE) throw badRequest('PHOTO_INVALID_DIMENSIONS');
      const { width, height } = size;
      return add('thumbnail', bytes, { width, height }).info;
    },
  };
}
export type Files = ReturnType<typeof createFiles>;

const titled = (kind: string): string => kind.charAt(0).toUpperCase() + kind.slice(1);

export function imageSizeOf(bytes: Buffer): { width: number; height: number; type?: string } | undefined {
  try {
    return imageSize(bytes);
  } catch {
    return undefined;
  }
}

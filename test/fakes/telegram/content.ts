import { z } from 'zod';
import { findEntities, format } from './entities.ts';
import { type Files, imageSizeOf, isMp4, type StoredFile } from './files.ts';
import { type Call, flag, int, json, str } from './params.ts';
import { badRequest } from './refusal.ts';
import type { Content, Entity } from './shapes.ts';

/** Characters "after entities parsing": https://core.telegram.org/bots/api#sendmessage, #sendvideo */
const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;

export const entities = json(
  z.array(
    z
      .looseObject({
        type: z.string(),
        offset: z.number().int(),
        length: z.number().int(),
        url: z.string().optional(),
        user: z.looseObject({ id: z.number().int() }).optional(),
      })
      .refine(({ type, user }) => type !== 'text_mention' || user !== undefined, {
        error: 'a text_mention has a user',
      }),
  ),
).optional();

export const textFields = { text: str, parse_mode: str.optional(), entities };
export const captionFields = { caption: str.optional(), parse_mode: str.optional(), caption_entities: entities };
export const videoFields = {
  width: int.optional(),
  height: int.optional(),
  duration: int.optional(),
  supports_streaming: flag.optional(),
  thumbnail: str.optional(),
  has_spoiler: flag.optional(),
};

export const documentFields = { thumbnail: str.optional(), disable_content_type_detection: flag.optional() };

/** What `documentOf` wants to know of them. */
export const plainly = (params: {
  thumbnail?: string | undefined;
  disable_content_type_detection?: boolean | undefined;
}): { thumbnail?: string | undefined; isPlain?: boolean | undefined } => ({
  thumbnail: params.thumbnail,
  isPlain: params.disable_content_type_detection,
});

export interface TextParams {
  text: string;
  parse_mode?: string | undefined;
  entities?: Entity[] | undefined;
}

export interface CaptionParams {
  caption?: string | undefined;
  parse_mode?: string | undefined;
  caption_entities?: Entity[] | undefined;
}

export interface VideoParams {
  width?: number | undefined;
  height?: number | undefined;
  duration?: number | undefined;
  supports_streaming?: boolean | undefined;
  thumbnail?: string | undefined;
  has_spoiler?: boolean | undefined;
}

const characters = (text: string): number => [...text].length;

export function textOf({ text, parse_mode, entities }: TextParams): Content {
  const said = format(text, parse_mode, entities);
  if (said.text === '') throw badRequest('message text is empty');
  if (characters(said.text) > MAX_TEXT) throw badRequest('message is too long');
  return { text: said.text, ...(said.entities.length > 0 && { entities: said.entities }) };
}

export function captionOf({ caption, parse_mode, caption_entities }: CaptionParams): Content {
  const said = format(caption ?? '', parse_mode, caption_entities);
  if (characters(said.text) > MAX_CAPTION) throw badRequest('message caption is too long');
  if (said.text === '') return {};
  return { caption: said.text, ...(said.entities.length > 0 && { caption_entities: said.entities }) };
}

/** The same for what a person writes, which is never refused. */
export function peoplesText(field: 'text' | 'caption', text: string): Content {
  const found = findEntities(text);
  const entitiesField = field === 'text' ? 'entities' : 'caption_entities';
  return { [field]: text, ...(found.length > 0 && { [entitiesField]: found }) };
}

/** What a file shows as. `square`: a tile without a player, because the bot did not say enough about the video. */
export interface Shown {
  content: Content;
  file: StoredFile;
  square: boolean;
}

/** A file that is no MP4 becomes a document, whatever the method. */
export function videoOf(files: Files, call: Call, video: string | undefined, params: VideoParams): Shown {
  const file = files.take(call, 'video', video);
  const thumbnail = files.takeThumbnail(call, params.thumbnail);
  if (!isMp4(file.bytes)) return { content: { document: file.info }, file, square: false };
  const { width, height, duration, supports_streaming } = params;
  // A file sent before keeps what was said of it then.
  if (file.info.mime_type === undefined) {
    file.square = !(width && height && duration && supports_streaming && thumbnail);
    const size = { width: width ?? 320, height: height ?? 320, duration: duration ?? 0 };
    Object.assign(file.info, { ...size, mime_type: 'video/mp4', ...(thumbnail && { thumbnail }) });
  }
  const cover = params.has_spoiler ? { has_media_spoiler: true as const } : {};
  return { content: { video: file.info, ...cover }, file, square: file.square ?? false };
}

/** A GIF becomes an animation and a WebP a sticker, unless `plain`: https://core.telegram.org/bots/api#senddocument */
export function documentOf(
  files: Files,
  call: Call,
  document: string | undefined,
  { thumbnail, isPlain = false }: { thumbnail?: string | undefined; isPlain?: boolean | undefined } = {},
): Shown {
  const file = files.take(call, 'document', document);
  const shown = files.takeThumbnail(call, thumbnail);
  const kind = imageSizeOf(file.bytes)?.type;
  file.info.mime_type ??= kind === 'gif' || kind === 'webp' ? `image/${kind}` : 'application/octet-stream';
  if (shown) file.info.thumbnail ??= shown;
  if (!isPlain && kind === 'webp') return { content: { sticker: file.info }, file, square: false };
  if (!isPlain && kind === 'gif')
    return { content: { animation: file.info, document: file.info }, file, square: false };
  return { content: { document: file.info }, file, square: false };
}

export function photoOf(files: Files, call: Call, photo: string | undefined): Shown {
  const file = files.take(call, 'photo', photo);
  const size = imageSizeOf(file.bytes);
  if (!size) throw badRequest('IMAGE_PROCESS_FAILED');
  if (size.width + size.height > 10_000) throw badRequest('PHOTO_INVALID_DIMENSIONS');
  const { file_id, file_unique_id, file_size } = file.info;
  return {
    content: { photo: [{ file_id, file_unique_id, file_size, width: size.width, height: size.height }] },
    file,
    square: false,
  };
}

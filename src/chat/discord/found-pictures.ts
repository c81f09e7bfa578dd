import type { APIAttachment, APIEmbedImage, Message } from 'discord.js';
import { z } from 'zod';
import { sizeSchema } from '../../task/picture.ts';

/** A picture in a message: where Discord keeps it, and what it says about it. */
export const foundPictureSchema = z.object({
  ref: z.string(),
  /** Its file's name, where it has one. */
  name: z.string().optional(),
  told: z.object({ bytes: z.number().optional(), type: z.string().optional(), size: sizeSchema.optional() }),
});
export type FoundPicture = z.infer<typeof foundPictureSchema>;

/** As many as a select offers. */
export const MAX_FOUND = 25;

/** A message's pictures: attached, in what a link unfolds to, in what was forwarded, in what bots lay out. */
export function picturesIn(message: Message): FoundPicture[] {
  const found = [message, ...message.messageSnapshots.values()].flatMap((each) => [
    ...each.attachments
      .filter(
        ({ contentType, name }) => /^image\//i.test(contentType ?? '') || /\.(jpe?g|png|webp|avif|gif)$/i.test(name),
      )
      .map((file) => fromFile(file.toJSON() as APIAttachment)),
    ...each.embeds.flatMap(({ data }) =>
      [data.image, data.thumbnail].flatMap((image) => (image ? [fromLink(image)] : [])),
    ),
    ...mediaIn(each.components.map((component) => component.toJSON())),
  ]);
  return [...new Map(found.map((picture) => [picture.ref, picture])).values()].slice(0, MAX_FOUND);
}

const fileSchema = z.object({
  url: z.string(),
  name: z.string().nullish(),
  size: z.number().nullish(),
  contentType: z.string().nullish(),
  width: z.number().nullish(),
  height: z.number().nullish(),
});

function fromFile(file: unknown): FoundPicture {
  const { url, name, size, contentType, width, height } = fileSchema.parse(file);
  return {
    ref: url,
    ...(name ? { name } : {}),
    told: {
      ...(typeof size === 'number' ? { bytes: size } : {}),
      ...(contentType ? { type: contentType } : {}),
      ...sizeOf(width, height),
    },
  };
}

/** Another site's picture is Discord's own copy of it, where there is one; its size may be another then. */
const fromLink = ({ url, proxy_url: copy }: Pick<APIEmbedImage, 'url' | 'proxy_url'>): FoundPicture => ({
  ref: copy ?? url,
  told: {},
});

const mediaSchema = z.object({ url: z.string(), proxy_url: z.string().optional(), content_type: z.string().nullish() });

/** What thumbnails and galleries show, however deep. */
function mediaIn(component: unknown): FoundPicture[] {
  if (Array.isArray(component)) return component.flatMap(mediaIn);
  if (typeof component !== 'object' || component === null) return [];
  return Object.entries(component).flatMap(([name, value]) => {
    if (name !== 'media') return mediaIn(value);
    const media = mediaSchema.safeParse(value).data;
    return media && !/^video\//i.test(media.content_type ?? '') ? [fromLink(media)] : [];
  });
}

function sizeOf(
  width: number | null | undefined,
  height: number | null | undefined,
): Pick<FoundPicture['told'], 'size'> {
  const size = sizeSchema.safeParse({ width, height });
  return size.success ? { size: size.data } : {};
}

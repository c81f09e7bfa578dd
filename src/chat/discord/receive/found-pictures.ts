import type { APIEmbedImage, Attachment, Message } from 'discord.js';
import { z } from 'zod';
import { type DeclaredPicture, remotePictureSchema } from '../../../media/pictures/declared.ts';
import { sizeSchema } from '../../../task/picture.ts';

/** A picture in a message: where Discord keeps it, what it says about it, and its file's name, where it has one. */
export const foundPictureSchema = remotePictureSchema.extend({ name: z.string().optional() });
export type FoundPicture = z.infer<typeof foundPictureSchema>;

/** What Discord says of a picture's file, or of a file of a name that it does not know. */
const MAY_BE_PICTURE = /^(image\/|application\/octet-stream|$)/i;

/** As many as a select offers. */
export const MAX_FOUND = 25;

/** A message's pictures: attached, in what a link unfolds to, in what was forwarded, in what bots lay out. */
export function picturesIn(message: Message): FoundPicture[] {
  const found = [message, ...message.messageSnapshots.values()].flatMap((each) => [
    ...each.attachments
      .filter(
        ({ contentType, name }) =>
          MAY_BE_PICTURE.test(contentType ?? '') || /\.(jpe?g|png|webp|avif|hei[cf]|gif)$/i.test(name),
      )
      .map(fromFile),
    ...each.embeds.flatMap(({ data }) =>
      [data.image, data.thumbnail].flatMap((image) => (image ? [fromLink(image)] : [])),
    ),
    ...mediaIn(each.components.map((component) => component.toJSON())),
  ]);
  const files = found.map(fileOf);
  // The first of several ways to the same file says most about it.
  return found.filter((_, at) => files.indexOf(files[at] ?? '') === at).slice(0, MAX_FOUND);
}

/** A file of Discord's has one path on each of its hosts. */
const fileOf = ({ ref }: FoundPicture): string =>
  URL.canParse(ref) && new URL(ref).pathname.startsWith('/attachments/') ? new URL(ref).pathname : ref;

/** Discord's own word about a file. */
export const declaredFile = ({
  size,
  contentType,
  width,
  height,
  name,
  spoiler,
}: Pick<Attachment, 'size' | 'contentType' | 'width' | 'height' | 'name' | 'spoiler'>): DeclaredPicture => ({
  bytes: size,
  type: contentType ?? undefined,
  size: sizeSchema.safeParse({ width, height }).data,
  spoiler: spoiler || name.startsWith('SPOILER_') || undefined,
});

const fromFile = (file: Attachment): FoundPicture => ({
  ref: file.url,
  name: file.name || undefined,
  declared: declaredFile(file),
});

/** Another site's picture is Discord's own copy of it, where there is one; its size may be another then. */
const fromLink = ({ url, proxy_url: copy }: Pick<APIEmbedImage, 'url' | 'proxy_url'>): FoundPicture => ({
  ref: copy ?? url,
  declared: {},
});

const mediaSchema = z.object({ url: z.string(), proxy_url: z.string().optional(), content_type: z.string().nullish() });

/** Pictures in thumbnails and galleries, however deep. */
function mediaIn(component: unknown): FoundPicture[] {
  if (Array.isArray(component)) return component.flatMap(mediaIn);
  if (typeof component !== 'object' || component === null) return [];
  return Object.entries(component).flatMap(([name, value]) => {
    if (name !== 'media') return mediaIn(value);
    const media = mediaSchema.safeParse(value).data;
    if (!media || /^video\//i.test(media.content_type ?? '')) return [];
    return [
      { ref: fromLink(media).ref, declared: { spoiler: Reflect.get(component, 'spoiler') === true || undefined } },
    ];
  });
}

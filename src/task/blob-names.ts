/** The picture as it came with the request, or from the platform. */
export const UPLOAD_BLOB = 'upload' as const;
/** The picture as the provider will get it, where that is not as it came. */
export const PICTURE_BLOB = 'picture' as const;
/** The same two of the picture that the clip ends on, where one came along. */
export const LAST_UPLOAD_BLOB = 'last-upload' as const;
export const LAST_PICTURE_BLOB = 'last-picture' as const;
/** Prefix of the names of a clip's copies: each copy has one of its own, so that a late one replaces nothing. */
export const CLIP_BLOBS = 'clip-';
/** Prefix of the names of clips that were joined with the one that they go on from: copies of the clip, too. */
export const JOINED_BLOBS = `${CLIP_BLOBS}joined-` as const;
/** Prefix of the names of re-encoded clips; the limit in bytes follows. No copies of the clip, so not named like one. */
export const SMALL_CLIP_BLOBS = 'small-';
/** The picture that a clip begins with, where that was made for strangers: pixels alone. */
export const POSTER_BLOB = 'poster' as const;
/** The name of an animated picture that was made of a clip, of at most so many bytes. */
export const fileBlob = (format: string, maxBytes: number): string => `${format}-${maxBytes}`;

/** The picture as it came with the request, or from the platform. */
export const UPLOAD_BLOB = 'upload' as const;
/** The picture as the provider will get it, where that is not as it came. */
export const PICTURE_BLOB = 'picture' as const;
/** What the names of a clip's copies begin with: each copy has one of its own, so that a late one replaces nothing. */
export const CLIP_BLOBS = 'clip-';
/** What the names of re-encoded clips begin with; the limit in bytes follows. No copies of the clip, so not named like one. */
export const SMALL_CLIP_BLOBS = 'small-';

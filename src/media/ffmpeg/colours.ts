/** Tells players by which numbers the colours of a clip are meant: those of HD video, of which each clip here is. */
export const COLOUR_ARGS: readonly string[] = [
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
];

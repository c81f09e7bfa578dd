/** libheif as WebAssembly, which says so much of its C functions (https://github.com/strukturag/libheif); numbers are addresses. */
declare module 'libheif-js/wasm-bundle.js' {
  export interface LibHeif {
    HEAPU8: Uint8Array;
    HEAPU32: Uint32Array;
    _malloc(bytes: number): number;
    _heif_context_alloc(): number;
    /** The square of it is the most that is decoded, in pixels, whatever the file's properties say. */
    _heif_context_set_maximum_image_size_limit(context: number, side: number): void;
    /** Functions that can fail write their error to the first address. */
    _heif_context_read_from_memory_without_copy(
      error: number,
      context: number,
      bytes: number,
      length: number,
      options: number,
    ): void;
    _heif_context_get_primary_image_handle(error: number, context: number, found: number): void;
    _heif_image_handle_has_alpha_channel(handle: number): number;
    _heif_decoding_options_alloc(): number;
    _heif_decode_image(
      error: number,
      handle: number,
      found: number,
      colourSpace: number,
      layout: number,
      options: number,
    ): void;
    _heif_image_get_primary_width(image: number): number;
    _heif_image_get_primary_height(image: number): number;
    _heif_image_get_bits_per_pixel_range(image: number, channel: number): number;
    _heif_image_get_plane_readonly(image: number, channel: number, stride: number): number;
  }
  const libheif: LibHeif;
  export default libheif;
}

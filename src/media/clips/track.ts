import { EncodedPacketSink, FilePathSource, Input, MP4 } from 'mediabunny';
import type { Size } from '../../task/picture.ts';

/** A clip's pictures, as far as they decide how it is joined with another. */
export interface Track {
  frames: number;
  /** Frames a second. */
  fps: number;
  size: Size;
  /** Codec, its parameter sets, and the size: two that are the same can lie behind each other. */
  stream: string;
  /** Frames lie in the file as they are shown: none waits for a later one. */
  isInOrder: boolean;
  hasSound: boolean;
}

/** Reads the index of a clip that was checked. Throws where there are no pictures. */
export async function trackOf(path: string): Promise<Track> {
  const input = new Input({ formats: [MP4], source: new FilePathSource(path) });
  try {
    const track = await input.getPrimaryVideoTrack();
    const config = await track?.getDecoderConfig();
    if (!track || !config) throw new Error('a clip without pictures');
    const sink = new EncodedPacketSink(track);
    const next = { metadataOnly: true };
    let frames = 0;
    let isInOrder = true;
    let latest = Number.NEGATIVE_INFINITY;
    for (let frame = await sink.getFirstPacket(next); frame; frame = await sink.getNextPacket(frame, next)) {
      frames++;
      isInOrder &&= frame.timestamp > latest;
      latest = frame.timestamp;
    }
    const size = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() };
    const setUp = config.description ? Buffer.from(toBytes(config.description)).toString('hex') : '';
    return {
      frames,
      fps: frames / (await track.computeDuration()),
      size,
      stream: `${config.codec} ${setUp} ${size.width}x${size.height}`,
      isInOrder,
      hasSound: (await input.getPrimaryAudioTrack()) !== null,
    };
  } finally {
    input.dispose();
  }
}

const toBytes = (given: ArrayBufferView | ArrayBufferLike): Uint8Array =>
  ArrayBuffer.isView(given) ? new Uint8Array(given.buffer, given.byteOffset, given.byteLength) : new Uint8Array(given);

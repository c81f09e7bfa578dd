import {
  CustomSource,
  type EncodedPacket,
  EncodedPacketSink,
  Input,
  type InputVideoTrack,
  Logging,
  LogLevel,
  MP4,
} from 'mediabunny';
import type { Size } from '../../task/picture.ts';
import { type ClipSource, loadIndex, Unplayable } from './clip-index.ts';

export type CheckedClip =
  | { outcome: 'playable'; size: Size; durationMs: number; hasSound?: boolean; frames?: number }
  | { outcome: 'unplayable'; reason: string };
/** Says whether a file is the clip that was asked for. Throws only where reading the source fails. */
export type CheckClip = (source: ClipSource, expected: { durationSeconds: number }) => Promise<CheckedClip>;

/** How far a clip's length may be from what was asked for, in seconds. */
const DURATION_TOLERANCE_S = 1;
/** Sides outside of this are no clip that anybody can watch, in pixels. */
const SIDES_PX = { min: 64, max: 8192 };
/** A picture shown for five seconds is not a clip. */
const MIN_FRAMES_PER_SECOND = 1;
/** No single frame is larger, in bytes. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
/** A check takes some 10 ms; this ends one whose index was made to take long. */
const MAX_CHECK_MS = 5_000;

/**
 * Looks whether a file is an MP4 with a video track of a known kind, as long as asked for, whose first and last frame are
 * there. Reads the index and these two frames, not the file; decodes nothing.
 */
export const checkClip: CheckClip = async (source, expected) => {
  let failed: { error: unknown } | undefined;
  const exact: ClipSource = {
    bytes: source.bytes,
    async read(start, end) {
      const bytes = await source.read(start, end).catch((error: unknown) => {
        failed = { error };
        throw error;
      });
      if (bytes.length !== end - start) throw new Unplayable('the file is shorter than it was said to be');
      return bytes;
    },
  };
  try {
    return await inspectClip(exact, expected.durationSeconds);
  } catch (error) {
    if (failed) throw failed.error;
    return { outcome: 'unplayable', reason: error instanceof Error ? error.message : String(error) };
  }
};

async function inspectClip(source: ClipSource, wantedSeconds: number): Promise<CheckedClip> {
  const index = await loadIndex(source);
  // While the library parses, it sees nothing but the index, which was looked over; frames only once it asks for frames.
  let showFrames = false;
  Logging.level = LogLevel.Silent; // it prints its doubts otherwise
  const input = new Input({
    formats: [MP4],
    source: new CustomSource({
      maxCacheSize: 0, // what it saw while parsing is not what lies there
      getSize: () => source.bytes,
      read: (start, end) => {
        if (end - start > MAX_FRAME_BYTES) throw new Unplayable(`a frame of ${end - start} bytes`);
        return showFrames ? source.read(start, end) : index.read(start, end);
      },
    }),
  });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Unplayable('no video track');
    if (!(await track.getCodec()))
      throw new Unplayable(`unknown codec ${JSON.stringify(await track.getInternalCodecId())}`);
    const size = await sizeOf(track);
    const seconds = await track.computeDuration();
    if (!(Math.abs(seconds - wantedSeconds) <= DURATION_TOLERANCE_S)) {
      throw new Unplayable(`${seconds} s long instead of ${wantedSeconds} s`);
    }
    const { count, last } = await listFrames(track);
    if (!last || count < seconds * MIN_FRAMES_PER_SECOND) throw new Unplayable(`${count} frames in ${seconds} s`);

    showFrames = true;
    const frames = new EncodedPacketSink(track);
    const first = await frames.getFirstPacket();
    if (!first || (await track.determinePacketType(first)) !== 'key')
      throw new Unplayable('no first frame to start from');
    if (!(await frames.getPacket(last.timestamp))) throw new Unplayable('the last frame lies outside of the file');
    const hasSound = (await input.getPrimaryAudioTrack()) !== null;
    return { outcome: 'playable', size, durationMs: Math.round(seconds * 1000), hasSound, frames: count };
  } finally {
    input.dispose();
  }
}

/** As played: turned and with square pixels. */
async function sizeOf(track: InputVideoTrack): Promise<Size> {
  const size = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() };
  if (Object.values(size).every((side) => side >= SIDES_PX.min && side <= SIDES_PX.max)) return size;
  throw new Unplayable(`frames of ${size.width}×${size.height} pixels`);
}

/** Counts a track's frames by the index alone, and says which one is decoded last: it lies last in the file. */
async function listFrames(track: InputVideoTrack): Promise<{ count: number; last: EncodedPacket | null }> {
  const deadline = performance.now() + MAX_CHECK_MS;
  const sink = new EncodedPacketSink(track);
  let count = 0;
  let last: EncodedPacket | null = null;
  let frame = await sink.getFirstPacket({ metadataOnly: true });
  while (frame) {
    if (performance.now() > deadline) throw new Unplayable(`checking takes longer than ${MAX_CHECK_MS} ms`);
    count++;
    last = frame;
    frame = await sink.getNextPacket(frame, { metadataOnly: true });
  }
  return { count, last };
}

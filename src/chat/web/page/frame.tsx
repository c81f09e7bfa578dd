import { useEffect, useRef, useState } from 'preact/hooks';
import type { Look } from './look.ts';
import { Player } from './player.tsx';
import { WORDS } from './words.ts';

/** Before a picture's size is known. */
const USUAL_RATIO = 16 / 9;
const MIN_RATIO = 0.45;
const MAX_RATIO = 2.4;
const isBlob = (url: string) => url.startsWith('blob:');

/** Width by height of what is shown, as far as a frame goes along with it. */
export const ratioOf = (width: number, height: number): number =>
  Math.min(MAX_RATIO, Math.max(MIN_RATIO, width / height || USUAL_RATIO));

/** The picture of a card, at its true shape, and later its clip in exactly the same place. */
export function Frame({ look, ratio, measured }: { look: Look; ratio?: number; measured(ratio: number): void }) {
  const { size, pictureUrl, progress, clip, scene } = look;
  const glimpse = useGlimpse(look.glimpseUrl);
  const shown = usePicture(pictureUrl, size !== undefined && !isBlob(pictureUrl));
  // A clip that was there from the beginning lands nowhere.
  const isLanding = useRef(look.tone === 'working').current;
  const [broken, setBroken] = useState('');
  const [loaded, setLoaded] = useState('');
  return (
    // What lies around a tall picture is the picture.
    <div class="stage" style={loaded ? { '--picture': `url(${JSON.stringify(loaded)})` } : {}}>
      <div class={broken === shown ? 'frame broken' : 'frame'} style={ratio ? { '--ratio': String(ratio) } : {}}>
        <img
          alt=""
          decoding="async"
          src={shown}
          onLoad={({ currentTarget: { src, naturalWidth, naturalHeight } }) => {
            setLoaded(src);
            measured(ratioOf(naturalWidth, naturalHeight));
          }}
          onError={() => setBroken(shown)}
        />
        {glimpse && (look.tone === 'working' || isLanding) && <img class="glimpse" alt="" src={glimpse} />}
        {clip && (
          <Player
            key={clip.url}
            clip={clip}
            poster={pictureUrl}
            scene={scene}
            hasSound={look.options?.sound === 'on'}
            isLanding={isLanding}
          />
        )}
        {/* One that is indeterminate is another: a value is not taken away. */}
        <progress
          key={progress === null ? 'moving' : 'known'}
          max={1}
          hidden={progress === undefined}
          value={progress ?? undefined}
          aria-label={WORDS.progress}
        />
      </div>
    </div>
  );
}

/** The newest frame that can be painted at once; what is last seen of a clip stays until that is there. */
function useGlimpse(url: string | undefined): string | undefined {
  const [shown, show] = useState<string>();
  useEffect(() => {
    if (url === undefined) return;
    const next = new Image();
    next.src = url;
    // One that is gone, or rendered elsewhere, is not missed.
    next.decode().then(
      () => show(url),
      () => {},
    );
  }, [url]);
  return shown;
}

/** The address to show: without a flash of nothing, the old one stays until the new one can be painted. */
function usePicture(url: string, isFitted: boolean): string {
  const [shown, show] = useState(url);
  const at = useRef({ shown, wanted: url });
  useEffect(() => {
    const { current } = at;
    // What was chosen here is shown from this device until the server has fitted it: no need to fetch it back.
    if (url === current.wanted || (isBlob(current.shown) && !isFitted)) return;
    current.wanted = url;
    const next = new Image();
    next.src = url;
    const swap = () => {
      if (current.wanted !== url) return;
      if (isBlob(current.shown)) URL.revokeObjectURL(current.shown);
      current.shown = url;
      show(url);
    };
    next.decode().then(swap, swap);
  }, [url, isFitted]);
  useEffect(
    () => () => {
      if (isBlob(at.current.shown)) URL.revokeObjectURL(at.current.shown);
    },
    [],
  );
  return shown;
}

import { RATIOS } from '../../../task/shapes.ts';
import type { About } from '../view.ts';
import { WORDS } from './words.ts';

/** Of the longer side, in a drawing of 20 each way. */
const LONGEST = 16;

/** A rectangle of that shape; a dashed one where the picture decides. */
function Drawing({ shape }: { shape: string }) {
  const ratio = Object.entries(RATIOS).find(([name]) => name === shape)?.[1];
  const [width, height] = [LONGEST * Math.min(1, ratio ?? 1), LONGEST / Math.max(1, ratio ?? 1)];
  return (
    <svg viewBox="0 0 20 20" class={ratio ? 'shape' : 'shape any'} aria-hidden="true">
      <rect x={(20 - width) / 2} y={(20 - height) / 2} width={width} height={height} rx="2" />
    </svg>
  );
}

/** The shapes of a clip, as icons with names. */
export function ShapeChoice(props: {
  about: About;
  shapes: readonly string[];
  value: string;
  prefix?: string;
  set(value: string): void;
}) {
  const { about, shapes, value, prefix = '', set } = props;
  return (
    <fieldset class="shapes">
      <legend class="unseen">{WORDS.shape}</legend>
      <span class="segments">
        {shapes.map((shape) => {
          const name = about.shapeNames[shape] ?? shape;
          const id = `${prefix}shape-${shape}`;
          return (
            <span key={shape} title={name}>
              <input
                type="radio"
                name="shape"
                value={shape}
                id={id}
                aria-label={name}
                checked={shape === value}
                onChange={() => set(shape)}
              />
              <label for={id}>
                <Drawing shape={shape} />
              </label>
            </span>
          );
        })}
      </span>
    </fieldset>
  );
}

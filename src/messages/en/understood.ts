import type { Understood } from '../../task/understood.ts';

const MOVES = {
  zoom: { 1: 'zoom in', [-1]: 'zoom out', 0: 'zoom' },
  pan: { 1: 'pan right', [-1]: 'pan left', 0: 'pan' },
  tilt: { 1: 'tilt down', [-1]: 'tilt up', 0: 'tilt' },
  roll: { 1: 'turn clockwise', [-1]: 'turn counter-clockwise', 0: 'turn' },
  hold: { 1: 'keep still', [-1]: 'keep still', 0: 'keep still' },
};

/** What of a scene a preview does: "understood: zoom in, slowly; the rest needs AI". */
export function understood({ moves, shake, rest }: Understood): string {
  const camera = moves.map(({ kind, sign, extent, together }, i) => {
    const before = i === 0 ? '' : together ? ' and ' : ', then ';
    return `${before}${MOVES[kind][sign]}${paceOf(extent)}`;
  });
  const said = [...(camera.length > 0 ? [camera.join('')] : []), ...(shake > 0 ? ['held by hand'] : [])];
  if (said.length === 0) return 'understood: no camera move, so a gentle one was chosen; the rest needs AI';
  return `understood: ${said.join(', ')}${rest ? '; the rest needs AI' : ''}`;
}

function paceOf(extent: number): string {
  if (extent === 1) return '';
  return extent < 1 ? ', slowly' : ', quickly';
}

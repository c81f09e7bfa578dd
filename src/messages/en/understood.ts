import { understoodIn } from '../understood.ts';

/** What of a scene a preview does: "understood: zoom in, slowly; the rest needs AI". */
export const understood = understoodIn({
  moves: {
    zoom: { 1: 'zoom in', [-1]: 'zoom out', 0: 'zoom' },
    pan: { 1: 'pan right', [-1]: 'pan left', 0: 'pan' },
    tilt: { 1: 'tilt down', [-1]: 'tilt up', 0: 'tilt' },
    roll: { 1: 'turn clockwise', [-1]: 'turn counter-clockwise', 0: 'turn' },
    hold: { 1: 'keep still', [-1]: 'keep still', 0: 'keep still' },
  },
  also: ' and ',
  next: ', then ',
  comma: ', ',
  slowly: ', slowly',
  quickly: ', quickly',
  byHand: 'held by hand',
  begin: 'understood: ',
  rest: '; the rest needs AI',
  none: 'understood: no camera move, so a gentle one was chosen; the rest needs AI',
});

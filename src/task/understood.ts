/** One thing the camera does. */
export interface CameraMove {
  kind: 'zoom' | 'pan' | 'tilt' | 'roll' | 'hold';
  /** +1: in, right, down, clockwise. -1: out, left, up, counter-clockwise. 0: left open, the seed decides. */
  sign: 1 | -1 | 0;
  /** 1 is usual, less for "slowly", more for "quickly". */
  extent: number;
  /** At the same time as the move before it ("pan left while zooming in"). */
  together: boolean;
}

/** What a provider without AI makes of a scene. */
export interface Understood {
  /** In the order in which they are named; none where the scene does not speak of the camera. */
  moves: readonly CameraMove[];
  /** Extent of handheld shaking, over the whole clip; 0 for none. */
  shake: number;
  /** The scene says more than that. */
  rest: boolean;
}

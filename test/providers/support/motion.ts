/** One picture's brightness, row by row. */
export interface Gray {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** How what is seen moved from one frame to the next, about the middle of the frame. */
export interface Motion {
  /** Pixels to the right. */
  dx: number;
  /** Pixels down. */
  dy: number;
  /** More than 1 where it grew. */
  scale: number;
  /** Radians clockwise. */
  angle: number;
}

const BORDER_PX = 64;
const GRID_PX = 4;
const ROUNDS = 12;

/**
 * Registers two frames below a hundredth of a pixel (Gauss-Newton on brightness, cubic interpolation), for moves of a
 * few pixels. The outer 64 pixels are left out, and with them the mark.
 */
export function motionBetween(before: Gray, after: Gray): Motion {
  const { width, height } = before;
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  // Content at p goes to q = c + (1 + a)(p − c) + b·perp(p − c) + d.
  let [dx, dy, a, b] = [0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(20);
    for (let py = BORDER_PX; py < height - BORDER_PX; py += GRID_PX) {
      for (let px = BORDER_PX; px < width - BORDER_PX; px += GRID_PX) {
        const [x, y] = [px - cx, py - cy];
        const qx = cx + x + a * x - b * y + dx;
        const qy = cy + y + a * y + b * x + dy;
        if (qx < 3 || qy < 3 || qx > width - 4 || qy > height - 4) continue;
        const gx = cubicAt(after, qx + 0.5, qy) - cubicAt(after, qx - 0.5, qy);
        const gy = cubicAt(after, qx, qy + 0.5) - cubicAt(after, qx, qy - 0.5);
        const off = (before.pixels[py * width + px] ?? 0) - cubicAt(after, qx, qy);
        accumulate(sums, [gx, gy, gx * x + gy * y, gy * x - gx * y], off);
      }
    }
    const step = solve(sums);
    dx += step[0] ?? 0;
    dy += step[1] ?? 0;
    a += step[2] ?? 0;
    b += step[3] ?? 0;
    if (Math.hypot(step[0] ?? 0, step[1] ?? 0) < 1e-4) break;
  }
  return { dx, dy, scale: Math.hypot(1 + a, b), angle: Math.atan2(b, 1 + a) };
}

function cubicAt({ width, pixels }: Gray, x: number, y: number): number {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  const wx = weights(x - ix);
  const wy = weights(y - iy);
  let sum = 0;
  for (let j = 0; j < 4; j++) {
    const row = (iy + j - 1) * width + ix - 1;
    const [p0 = 0, p1 = 0, p2 = 0, p3 = 0] = [pixels[row], pixels[row + 1], pixels[row + 2], pixels[row + 3]];
    sum += (wy[j] ?? 0) * (p0 * wx[0] + p1 * wx[1] + p2 * wx[2] + p3 * wx[3]);
  }
  return sum;
}

function weights(t: number): [number, number, number, number] {
  return [
    ((-t + 2) * t - 1) * t * 0.5,
    ((3 * t - 5) * t * t + 2) * 0.5,
    ((-3 * t + 4) * t + 1) * t * 0.5,
    (t - 1) * t * t * 0.5,
  ];
}

/** Adds one observation to the normal equations: rows of 4 coefficients and the right-hand side. */
function accumulate(sums: Float64Array, row: [number, number, number, number], off: number): void {
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) sums[i * 5 + j] = (sums[i * 5 + j] ?? 0) + (row[i] ?? 0) * (row[j] ?? 0);
    sums[i * 5 + 4] = (sums[i * 5 + 4] ?? 0) + (row[i] ?? 0) * off;
  }
}

function solve(m: Float64Array): number[] {
  const at = (i: number, j: number) => m[i * 5 + j] ?? 0;
  for (let i = 0; i < 4; i++) {
    for (let k = 0; k < 4; k++) {
      if (k === i || at(i, i) === 0) continue;
      const factor = at(k, i) / at(i, i);
      for (let j = i; j < 5; j++) m[k * 5 + j] = at(k, j) - factor * at(i, j);
    }
  }
  return [0, 1, 2, 3].map((i) => (at(i, i) === 0 ? 0 : at(i, 4) / at(i, i)));
}

/** Mean and standard deviation. */
export function spreadOf(values: number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, sd: Math.sqrt(variance) };
}

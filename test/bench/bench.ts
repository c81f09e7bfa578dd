import { cpus, totalmem } from 'node:os';

/** One figure that a bench found. */
export interface Result {
  name: string;
  value: number;
  unit: string;
  /** What it should be, such as "≤ 3"; null for a figure that is only told. */
  goal: string | null;
  /** Whether it is so; true where there is no goal. */
  holds: boolean;
}

/** Measures something; the runner prints what it found. */
export type Bench = () => Promise<Result[]>;

export function atMost(limit: number, name: string, value: number, unit: string): Result {
  return { name, value: rounded(value), unit, goal: `≤ ${limit}`, holds: value <= limit };
}

export function atLeast(limit: number, name: string, value: number, unit: string): Result {
  return { name, value: rounded(value), unit, goal: `≥ ${limit}`, holds: value >= limit };
}

export function told(name: string, value: number, unit: string): Result {
  return { name, value: rounded(value), unit, goal: null, holds: true };
}

/** The middle one, so that one disturbed round does not decide. */
export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The time within which 99 of 100 are done: of the rounds the middle one, for what else the machine does falls on some. */
export const p99 = (rounds: number[][]): number =>
  median(rounds.map((times) => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN));

export function machine() {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGb: rounded(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/**
 * How long people wait for a first answer, in milliseconds by round, against a bare bot that only answers. What a person
 * cannot feel is not chased: the middle within twice the bare one's, 99 of 100 within 50 ms or twice, none above 250 ms.
 */
export function firstAnswers(
  { bare, kinora }: { bare: number[][]; kinora: number[][] },
  { against, perSecond }: { against: string; perSecond: number },
): Result[] {
  const [ownMiddle, bareMiddle] = [median(kinora.flat()), median(bare.flat())];
  const [own, plain] = [p99(kinora), p99(bare)];
  return [
    told(`${against}, ${perSecond} a second, p50`, bareMiddle, 'ms'),
    told(`${against}, ${perSecond} a second, p99`, plain, 'ms'),
    told(`Kinora, ${perSecond} a second, p50`, ownMiddle, 'ms'),
    atMost(2, `first answer, p50, Kinora / ${against}`, ownMiddle / bareMiddle, '×'),
    {
      name: `first answer, p99, Kinora (${rounded(own / plain)} × of ${against})`,
      value: rounded(own),
      unit: 'ms',
      goal: '≤ 50 ms, or ≤ 2 ×',
      holds: own <= 50 || own <= 2 * plain,
    },
    atMost(250, 'the slowest first answer', Math.max(...kinora.flat()), 'ms'),
  ];
}

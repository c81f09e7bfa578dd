import { setTimeout as delay } from 'node:timers/promises';
import type { Size } from '../../src/task/picture.ts';
import type { Framings } from '../fakes/framing.ts';
import { tinyPng } from '../helpers/pictures.ts';

/** People who want clips, and the chat where they are. It stands outside the accidents. */
export interface Crowd {
  /** What the bot has to know to meet them. */
  settings: Record<string, string>;
  /** Scenes, each of its own, in the order they are asked for. */
  scenes: readonly string[];
  /** Resolves when all have asked. `gateways`: where the bot listens, for those who come to it. */
  ask(gateways: readonly string[]): Promise<void>;
  /** Scenes that somebody was told are taken: these must not be lost. */
  heard(): ReadonlySet<string>;
  /** Looks at each clip that is new, once. The SHA-256 of all that was shown so far, by scene. */
  look(gateways: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Lines that announced a clip which then came elsewhere. */
  strayLines(): number;
  close(): Promise<void>;
}

export interface CrowdOptions {
  tasks: number;
  /** The requests come spread over so long. */
  overMs: number;
  /** What its scenes are called by. */
  name?: string;
  /** The n-th one's picture, where it is another than the tiny one. */
  picture?: (n: number) => Picture | undefined;
  /** How the chat's server of files sends pictures. */
  framing?: Framings;
  /** Nobody asks any more. */
  signal?: AbortSignal;
}

export interface Picture extends Size {
  bytes: Buffer;
  type: 'image/png' | 'image/jpeg';
}

export const tinyPicture = async (): Promise<Picture> => ({
  bytes: await tinyPng(),
  type: 'image/png',
  width: 1280,
  height: 720,
});

export const scenesOf = ({ tasks, name = 'the chaos' }: CrowdOptions): string[] =>
  Array.from({ length: tasks }, (_, n) => `scene ${n} of ${name}`);

/** Waits until it is the n-th one's turn to ask. False where nobody asks any more. */
export const turn = ({ tasks, overMs, signal }: CrowdOptions, n: number): Promise<boolean> =>
  delay((overMs * n) / tasks, undefined, { signal }).then(
    () => true,
    () => false,
  );

/** The clips that were looked at, by what they are known by. */
export function createSeen() {
  const seen = new Map<string, { scene: string; sha256: string }>();
  return {
    has: (id: string): boolean => seen.has(id),
    add: (id: string, scene: string, sha256: string): void => void seen.set(id, { scene, sha256 }),
    byScene(): ReadonlyMap<string, readonly string[]> {
      const scenes = new Map<string, string[]>();
      for (const { scene, sha256 } of seen.values()) scenes.set(scene, [...(scenes.get(scene) ?? []), sha256]);
      return scenes;
    },
  };
}

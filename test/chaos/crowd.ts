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
  /** How often each scene's clip stands there to be seen. */
  clips(gateways: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Lines that announced a clip which then came elsewhere. */
  strayLines(): number;
  close(): Promise<void>;
}

export interface CrowdOptions {
  tasks: number;
  /** The requests come spread over so long. */
  overMs: number;
}

export const scenesOf = (tasks: number): string[] => Array.from({ length: tasks }, (_, n) => `scene ${n} of the chaos`);

export function countOf(scenes: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const scene of scenes) counts.set(scene, (counts.get(scene) ?? 0) + 1);
  return counts;
}

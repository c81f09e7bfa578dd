import { createHash } from 'node:crypto';
import type { Cdn } from './cdn.ts';
import type { Commands } from './commands.ts';
import { shownFiles, textOf } from './components.ts';
import type { Gateway } from './gateway.ts';
import type { Interactions } from './interactions.ts';
import type { SeenRequest } from './server.ts';
import { FLAGS, type Message, type World } from './world.ts';

/** All that happened, as JSON. */
export function createReport({
  world,
  api,
  cdn,
  gateway,
  commands,
  interactions,
}: {
  world: World;
  api: { seen: SeenRequest[] };
  cdn: Cdn;
  gateway: Gateway;
  commands: Commands;
  interactions: Interactions;
}) {
  return () => {
    const own = [...world.messages.values()].filter(({ authorId }) => authorId === world.bot.id);
    return {
      requests: [...api.seen],
      /** 10,000 of these in ten minutes ban the address. */
      invalidRequests: api.seen.filter(({ status }) => [401, 403, 429].includes(status)).length,
      commandPuts: commands.puts(),
      gateway: { connected: gateway.connected(), closes: [...gateway.closes], ...gateway.seen },
      downloads: [...cdn.fetched],
      interactions: [...interactions.all.values()].map(({ token, ...rest }) => rest),
      /** The bot's messages, deleted ones too. */
      messages: own.map(told),
      /** Requests for messages without `allowed_mentions`, which would ping whomever they name. */
      unguarded: own.flatMap(({ id, revisions }) =>
        revisions.flatMap(({ guarded }, edit) => (guarded ? [] : [{ id, edit }])),
      ),
      /** Links that Discord made a preview of. */
      unfurled: own.flatMap(({ revisions }) => revisions.flatMap(({ unfurled }) => unfurled)),
      /** Everybody who was pinged, by message. */
      pings: own.flatMap(({ id, channelId, revisions }) =>
        revisions.flatMap(({ pinged }) => pinged.map((who) => ({ id, channelId, who }))),
      ),
    };
  };
}

export type DiscordReport = ReturnType<ReturnType<typeof createReport>>;

/** Clips are large and reports are frequent: each is hashed once. */
const hashes = new WeakMap<Buffer, string>();

function sha256(bytes: Buffer): string {
  const hash = hashes.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  hashes.set(bytes, hash);
  return hash;
}

function told({ attachments, forwarded, components, ...message }: Message) {
  return {
    ...message,
    text: `${message.content}${textOf(components)}`,
    components,
    files: attachments.map(({ filename, size, contentType, bytes }) => ({
      filename,
      size,
      contentType,
      sha256: sha256(bytes),
      /** In a Components V2 message only what a component shows can be seen. */
      isShown: !(message.flags & FLAGS.componentsV2) || shownFiles(components).includes(filename),
    })),
  };
}

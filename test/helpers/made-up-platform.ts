import { animate } from '../../commands/animate.ts';
import type { Reply } from '../../commands/reply.ts';
import type { Messenger } from '../../src/chat/chat.ts';
import { definePlatform } from '../../src/chat/define-platform.ts';
import type { ListenDeps } from '../../src/chat/platform.ts';
import { word } from '../../src/settings/fields.ts';
import { setting } from '../../src/settings/setting.ts';
import { readAll } from '../../src/util/read-all.ts';

/** A platform that no line of `src` knows: what is said to it, and the first clip that it was sent. */
export function madeUpPlatform({ spenders }: { spenders?: string } = { spenders: 'person' }) {
  let arrived: (clip: Buffer) => void = () => {};
  const clip = new Promise<Buffer>((resolve) => {
    arrived = resolve;
  });
  let listening: ListenDeps | undefined;
  let said = 0;

  const messenger: Messenger = {
    platform: 'pigeon',
    editMs: 0,
    showCard: async () => ({ outcome: 'shown' }),
    async send(_task, message, ledger) {
      await ledger.record(message.kind, message.kind);
      if (message.kind === 'clip') arrived(Buffer.from(await readAll(message.clip.read())));
      return { outcome: 'shown' };
    },
  };

  const pigeon = definePlatform({
    name: 'pigeon',
    label: 'Pigeon',
    settings: { PIGEON_RING: setting(word().optional(), { says: 'what the pigeon is known by', secret: true }) },
    needs: 'PIGEON_RING',
    spenders,
    read: ({ PIGEON_RING }) => (PIGEON_RING === undefined ? undefined : { ring: PIGEON_RING }),
    create: async () => ({
      messenger,
      async listen(deps) {
        listening = deps;
        deps.connected({ as: 'as Columba', notes: ['Pigeon has landed.'] });
        return { trouble: () => undefined, stop: async () => {} };
      },
    }),
  });

  async function say(person: string, scene: string, picture: Uint8Array): Promise<Reply> {
    if (!listening) throw new Error('nobody listens');
    const reply = await animate(
      {
        requestKey: `pigeon:${said++}`,
        requester: { id: `pigeon:${person}`, name: person },
        place: { platform: 'pigeon', chat: 'loft' },
        locale: 'en',
        scene,
        options: {},
        picture,
      },
      listening,
    );
    listening.wake();
    return reply;
  }

  return { pigeon, say, clip };
}

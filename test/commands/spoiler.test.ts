import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { animateCommand } from '../../commands/animate.ts';
import type { Reply } from '../../commands/reply.ts';
import { createRig, type Rig } from '../helpers/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const origin = {
  requester: { id: 'test:anna', name: 'Anna' },
  place: { platform: 'test', chat: 'room' },
  locale: 'en',
};
let requests = 0;

/** `posted`: the picture was covered where it was posted; `asked`: the person's own word. */
async function taken({ posted, asked }: { posted?: boolean; asked?: boolean }) {
  const image = { ref: 'somewhere', declared: { spoiler: posted } };
  const given = { image, scene: 'waves', spoiler: asked };
  return onRecord(await animateCommand.execute({ ...origin, requestKey: `test:${requests++}` }, given, rig));
}

async function onRecord(reply: Reply) {
  if (reply.type !== 'taken') throw new Error(`${reply.type}, not taken`);
  return rig.task(reply.task.id);
}

describe('a clip stays covered', () => {
  test.each([
    ['where its picture was posted covered', { posted: true }, true],
    ['where the person asks for it', { asked: true }, true],
    ['not where the person says that it need not, though the picture was', { posted: true, asked: false }, false],
    ['not where nothing is said of it', {}, undefined],
  ])('%s', async (_where, how, expected) => {
    expect((await taken(how)).options.spoiler).toBe(expected);
  });

  test('as does another take of it', async () => {
    rig.startWorker();
    const { id } = await taken({ asked: true });
    const task = await rig.until(id, 'delivered');
    expect((await onRecord(await rig.press(task, 'again'))).options.spoiler).toBe(true);
  });
});

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { decodersOf, sendPicture } from './helpers/hostile-run.ts';
import { useProgram } from './helpers/program.ts';
import { scenery } from './helpers/scenery.ts';
import { ask, openLive } from './helpers/web.ts';
import { svgAsWebp, tiffAsWebp } from './media/hostile.ts';

const program = useProgram('test');

describe('a picture of another kind is refused in a sentence', () => {
  test.each([
    ['a drawing', svgAsWebp, 'SVG drawings cannot be animated.'],
    ['a TIFF', tiffAsWebp, 'TIFF pictures and raw photos cannot be read here.'],
  ])('%s that poses as a WebP, before it is taken', async (_, make, sentence) => {
    const answer = await ask(program.bot.url, make());
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(sentence);
    expect(await decodersOf(program.bot)).toEqual([]);
  });
});

test('what decodes pictures is not even loaded by the program', async () => {
  const { id } = await sendPicture(program.bot, await scenery(1600, 1200));
  const live = await openLive(program.bot.url);
  await live.untilState(id, 'delivered');
  live.close();
  expect(await readFile(`/proc/${program.bot.child.pid}/maps`, 'utf8')).not.toMatch(/libvips|sharp/);
});

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyComponent, textOf } from '../../fakes/discord/components.ts';
import type { Picked } from '../../fakes/discord/fields.ts';
import type { Channel } from '../../fakes/discord/world.ts';
import { startRunway } from '../../fakes/runway.ts';
import type { StandIn } from '../../fakes/stand-in.ts';
import { type DiscordStage, discordStage } from '../../helpers/discord.ts';

const KEY = 'key_of-the-other-stand-in-0123456789';
const MODEL = 'veo3.1_fast';
const SOON = { timeout: 30_000 };

let service: StandIn;
let stage: DiscordStage;
let day: Picked;
let night: Picked;
beforeAll(async () => {
  service = await startRunway({ keys: { [KEY]: 10_000 }, schedule: { ms: 150 } });
  const env = {
    API_KEYS: '',
    RUNWAYML_API_SECRET: KEY,
    RUNWAY_URL: service.url,
    GEN4_MODEL: 'gen4_turbo',
    MODELS: MODEL,
  };
  stage = await discordStage({ env });
  day = await picked('day.jpg', '#eeddaa');
  night = await picked('night.jpg', '#112244');
});
afterAll(async () => {
  await stage.close();
  await service.close();
});

async function picked(name: string, background: string): Promise<Picked> {
  const bytes = await sharp({ create: { width: 1280, height: 720, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return { bytes, name, content_type: 'image/jpeg', width: 1280, height: 720 };
}

/** What the service was asked for a scene. */
const asked = (scene: string) =>
  service
    .report()
    .accepted.filter((job) => job.scene === scene)
    .map((job) => job.asked);

/** A person's message with both pictures. */
const says = (where: Channel, content: string) => {
  const { discord, ann } = stage;
  const attachments = [day, night].map(({ bytes, name }) => discord.file(where, { bytes, name, type: 'image/jpeg' }));
  return discord.says(ann, where, { content, attachments });
};

describe('two pictures', () => {
  let pair: unknown;

  test('of the command are one clip, by the model and with the sound that were chosen', async () => {
    const where = stage.room();
    const scene = 'the sun sets';
    await stage.animate({ where, scene, picture: day, last: night, model: MODEL, sound: 'on' });
    const card = await stage.card(where);
    const one = { model: MODEL, audio: true, pictures: [expect.any(String), expect.any(String)] };
    await expect.poll(() => asked(scene), SOON).toEqual([one]);
    pair = asked(scene)[0]?.pictures;
    await stage.delivered(card);
    expect(textOf(card.components)).toMatch(/Veo 3.1 Fast · 4 s with sound · .*ends on a second picture/);
  });

  test('are refused in words, and nothing is paid, where the model takes one alone', async () => {
    const where = stage.room();
    const deed = await stage.animate({ where, scene: 'never', picture: day, last: night });
    const choose = 'Clips by Gen-4 Turbo cannot end on a second picture. Choose Veo 3.1 Fast, or leave it out.';
    expect((await deed.answer()).content).toBe(choose);
    const small = { ...night, width: 100, height: 80 };
    const other = await stage.animate({ where, scene: 'never', picture: day, last: small, model: MODEL });
    expect((await other.answer()).content).toMatch(/^The last picture is too small \(100×80\)/);
    expect(asked('never')).toEqual([]);
  });

  test('without a scene keep their places while a form asks for it, and are picked together there', async () => {
    const { discord, ann } = stage;
    const where = stage.room();
    const options = { image: day, last: night, model: MODEL };
    const deed = discord.slash({ user: ann, channel: where, command: 'animate', options });
    await (await discord.submit(deed, { scene: 'rain falls' })).answer();
    await expect.poll(() => asked('rain falls'), SOON).toMatchObject([{ pictures: pair }]);
    const empty = discord.slash({ user: ann, channel: where, command: 'animate', options: { model: MODEL } });
    await (await discord.submit(empty, { scene: 'snow falls', image: [day, night] })).answer();
    await expect.poll(() => asked('snow falls'), SOON).toMatchObject([{ pictures: pair }]);
  });

  test('of a message are one clip where its words go from one to the other, or where both are chosen', async () => {
    const { discord, ann } = stage;
    const alone = discord.dm(ann);
    says(alone, 'from day to night');
    await discord.until(() => stage.shown(alone).find(({ content }) => /Gen-4 Turbo cannot end on/.test(content)));
    says(alone, 'fog rises');
    const question = await discord.until(() =>
      stage.shown(alone).find(({ components }) => JSON.stringify(components).includes('from picture 1 to picture 2')),
    );
    const [select] = everyComponent(question.components).filter(({ type }) => type === 3);
    const form = discord.press(ann, question, String(select?.custom_id), ['both']);
    await (await discord.submit(form, { scene: 'fog rises', model: MODEL })).answer();
    await expect.poll(() => asked('fog rises'), SOON).toMatchObject([{ pictures: pair }]);
  });
});

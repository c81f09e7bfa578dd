import { expect, it } from 'vitest';
import { MAX_CHANGES, type SettingChange, type SettingsScope } from '../../../src/store/chat-settings.ts';
import type { Context } from './context.ts';
import { known } from './tools.ts';

const CHAT = { platform: 'test', chat: 'harbour' };
const change = (name: string, value: unknown, at = 1): SettingChange => ({
  name,
  value,
  by: { id: 'test:ann', name: 'Ann $ "quoted"' },
  at,
});

export function describeChatSettings(context: Context): void {
  it('are as usual until one is set, and again once it is taken back; what was changed is told', async () => {
    const { chatSettings } = context.store;
    expect(await chatSettings.get(CHAT)).toEqual({ values: {}, changes: [] });
    const set = change('roles', ['1', '$2.3']);
    expect(await chatSettings.change(CHAT, set)).toEqual({ values: { roles: ['1', '$2.3'] }, changes: [set] });
    await chatSettings.change(CHAT, change('isOn', false, 2));
    const back = await chatSettings.change(CHAT, change('roles', undefined, 3));
    expect(back).toEqual(await chatSettings.get(CHAT));
    expect(back.values).toEqual({ isOn: false });
    expect(back.changes.map(({ name, at }) => [name, at])).toEqual([
      ['roles', 3],
      ['isOn', 2],
      ['roles', 1],
    ]);
  });

  it('hold for a whole server, and for no other chat, server or platform', async () => {
    const { chatSettings } = context.store;
    await chatSettings.change({ ...CHAT, community: 'sea' }, change('isOn', false));
    expect((await chatSettings.get({ platform: 'test', chat: 'another', community: 'sea' })).values).toEqual({
      isOn: false,
    });
    for (const other of [
      CHAT,
      { ...CHAT, community: 'lake' },
      { platform: 'other', chat: 'harbour', community: 'sea' },
    ])
      expect((await chatSettings.get(other)).values).toEqual({});
  });

  it('lose none of many changes at once, and keep the last few of what was changed', async () => {
    const { chatSettings } = context.store;
    const names = Array.from({ length: MAX_CHANGES }, (_, n) => `setting${n}`);
    await Promise.all(names.map((name, n) => chatSettings.change(CHAT, change(name, n))));
    const { values, changes } = await chatSettings.get(CHAT);
    expect(values).toEqual(Object.fromEntries(names.map((name, n) => [name, n])));
    expect(changes).toHaveLength(MAX_CHANGES);
    expect((await chatSettings.change(CHAT, change('one more', 1))).changes).toHaveLength(MAX_CHANGES);
  });

  it('go with a chat that gets another name, replace none that are there, and are gone once removed', async () => {
    const { chatSettings } = context.store;
    const [moved, set] = [
      { ...CHAT, chat: 'pier' },
      { ...CHAT, chat: 'bridge' },
    ];
    await chatSettings.move(CHAT, moved);
    expect(await chatSettings.get(moved)).toEqual({ values: {}, changes: [] });
    await chatSettings.change(CHAT, change('isOn', false));
    await chatSettings.move(CHAT, moved);
    expect((await chatSettings.get(moved)).values).toEqual({ isOn: false });
    expect((await chatSettings.get(CHAT)).values).toEqual({});
    await chatSettings.change(set, change('isOn', true));
    await chatSettings.move(moved, set);
    expect((await chatSettings.get(set)).values).toEqual({ isOn: true });
    await chatSettings.remove(set);
    expect(await chatSettings.get(set)).toEqual({ values: {}, changes: [] });
  });

  it('of a chat that was left end once it was for long enough, and stay where it was entered or set since', async () => {
    const { chatSettings } = context.store;
    const [left, back, setAnew, moved, never] = ['left', 'back', 'set', 'moved', 'never'].map((chat) => ({
      platform: 'test',
      chat,
      community: chat,
    }));
    const all = [left, back, setAnew, moved, never].map(known);
    for (const scope of all) await chatSettings.change(scope, change('isOn', false));
    for (const scope of all.slice(0, 4)) await chatSettings.leave(scope, 100);
    // Told again it is left since then.
    await Promise.all([200, 300].map((at) => chatSettings.leave(known(left), at)));
    await chatSettings.enter(known(back));
    await chatSettings.change(known(setAnew), change('fit', 'pad'));
    const renamed = { platform: 'test', chat: 'renamed' };
    await chatSettings.move(known(moved), renamed);
    const isThere = async (scope: SettingsScope | undefined = left) =>
      (await chatSettings.get(known(scope))).changes.length > 0;
    await chatSettings.removeLeft(99);
    expect(await isThere()).toBe(true);
    await Promise.all([100, 100].map((by) => chatSettings.removeLeft(by)));
    await chatSettings.removeLeft(1_000);
    expect([await isThere(), await isThere(back), await isThere(setAnew), await isThere(renamed)]).toEqual([
      false,
      true,
      true,
      true,
    ]);
    // What is not there is not left, and can be set anew.
    await chatSettings.leave(known(left), 1);
    await chatSettings.enter(known(left));
    expect(await chatSettings.get(known(left))).toEqual({ values: {}, changes: [] });
    await chatSettings.change(known(left), change('isOn', true));
    await chatSettings.removeLeft(1_000);
    expect(await isThere()).toBe(true);
  });

  it('tell where something is set on a platform, servers and chats apart', async () => {
    const { chatSettings } = context.store;
    const scopes = [
      { platform: 'test', chat: 'a"b' },
      { platform: 'test', chat: 'sea', community: 'sea' },
    ];
    for (const scope of [...scopes, { platform: 'other', chat: 'x' }]) await chatSettings.change(scope, change('a', 1));
    const told = [];
    for await (const page of chatSettings.scopes('test')) told.push(...page);
    expect(told.toSorted((a, b) => a.chat.localeCompare(b.chat))).toEqual(scopes);
  });
}

import { expect, it } from 'vitest';
import { MAX_CHANGES, type SettingChange } from '../../../src/store/chat-settings.ts';
import type { Context } from './context.ts';

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
}

import type { About, SettingsView } from '../../src/chat/web/view.ts';

/** What is set for the mock's chat, from memory. */
export function createMockSettings() {
  const values = new Map<string, string>();
  const changes: string[] = [];
  const usual = (): About['usual'] => ({
    duration: Number(values.get('duration') ?? 5),
    shape: values.get('shape') ?? 'auto',
    fit: values.get('fit') ?? 'crop',
  });
  const choice = (name: string, label: string, choices: { value: string; label: string }[]) => ({
    ...{ kind: 'choice' as const, name, label, isSet: values.has(name), shown: '', usually: 'as usual' },
    value: values.get(name),
    choices,
  });

  return {
    usual,
    /** As they then stand. */
    view(name?: string, value?: string): SettingsView {
      if (name !== undefined) {
        if (value === undefined) values.delete(name);
        else values.set(name, value);
        changes.unshift(`You: ${name}, ${value ?? 'as usual'} (just now)`);
      }
      const fits = ['crop', 'pad', 'strict'].map((fit) => ({ value: fit, label: fit }));
      const lengths = [5, 10].map((seconds) => ({ value: String(seconds), label: `${seconds} seconds` }));
      return {
        title: 'Your settings here',
        fields: [choice('fit', 'Fit', fits), choice('duration', 'Length', lengths)],
        changes,
      };
    },
  };
}

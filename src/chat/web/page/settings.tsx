import { signal } from '@preact/signals';
import type { SettingsView } from '../view.ts';
import { api, sentenceOf } from './api.ts';
import { newKey } from './key.ts';
import { Modal } from './modal.tsx';
import { WORDS } from './words.ts';

/** What is usual in this chat, for whoever may open it. Each field is sent as soon as it is another. */
export type Settings = ReturnType<typeof createSettings>;

export function createSettings({ onChange }: { onChange(): unknown }) {
  const isOpen = signal(false);
  const view = signal<SettingsView | undefined>(undefined);
  const problem = signal('');

  function show(settings: SettingsView) {
    view.value = settings;
    isOpen.value = true;
  }

  async function attempt(work: () => ReturnType<typeof api.set>) {
    problem.value = '';
    try {
      const { settings } = await work();
      if (settings) show(settings);
    } catch (error) {
      problem.value = sentenceOf(error);
      isOpen.value = true;
    }
  }

  return {
    isOpen,
    view,
    problem,
    show,
    open: () => attempt(() => api.say('settings', { key: newKey() })),
    async set(name: string, value: string) {
      await attempt(() => api.set(name, value || undefined));
      onChange();
    },
  };
}

export function SettingsDialog({ settings }: { settings: Settings }) {
  const { isOpen, view, problem, set } = settings;
  const close = () => {
    isOpen.value = false;
  };
  return (
    <Modal
      isOpen={isOpen.value}
      onClose={close}
      attributes={{ id: 'settings-dialog', class: 'confirm', 'aria-labelledby': 'settings-title' }}
    >
      <h2 id="settings-title">{view.value?.title ?? WORDS.usual}</h2>
      <form id="settings-fields" class="settings" onSubmit={(event) => event.preventDefault()}>
        {view.value?.fields.map((field) => (
          <Field key={field.name} field={field} set={(value) => void set(field.name, value)} />
        ))}
      </form>
      <p id="settings-changes" class="small">
        {view.value?.changes.join('\n')}
      </p>
      <p id="settings-problem" class="problem" role="alert">
        {problem}
      </p>
      <form method="dialog" class="confirm-buttons">
        <button type="submit" class="plain">
          {WORDS.close}
        </button>
      </form>
    </Modal>
  );
}

function Field({ field, set }: { field: SettingsView['fields'][number]; set(value: string): void }) {
  const { name, label, usually } = field;
  const id = `setting-${name}`;
  if (field.kind !== 'choice' && field.kind !== 'number') return null; // roles and channels are other platforms'
  const value = String(field.value ?? '');
  return (
    <>
      <label for={id}>{label}</label>
      {field.kind === 'choice' ? (
        <select id={id} name={name} class="typed" value={value} onChange={(event) => set(event.currentTarget.value)}>
          <option value="">{usually}</option>
          {field.choices.map((each) => (
            <option key={each.value} value={each.value}>
              {each.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          name={name}
          type="number"
          class="typed"
          placeholder={usually}
          min={field.min}
          max={field.max}
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )}
    </>
  );
}

import type { Said } from './said.ts';

/** A sentence beside a clip, and what else may be pressed then. `prefix`: of ids. */
export function Saying({ said, act, prefix }: { said: Said; act(action: string): unknown; prefix?: string }) {
  const { sentence, more } = said;
  const id = (name: string) => (prefix === undefined ? undefined : `${prefix}${name}`);
  return (
    <>
      <p class="notice small" role="status" id={id('notice')}>
        {sentence}
      </p>
      <div class="buttons offers" id={id('offers')} hidden={more.length === 0}>
        {more.map(({ action, label }) => (
          <button key={action} type="button" class="plain" onClick={() => act(action)}>
            <span>{label}</span>
          </button>
        ))}
      </div>
    </>
  );
}

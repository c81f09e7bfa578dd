import { useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import type { Look } from './look.ts';
import { timeOf, WORDS } from './words.ts';

const isOther = ({ action }: { action: string }) => action !== 'details';

/** Without the button whose place this is. */
export const withoutDetails = (look: Look): Look => ({
  ...look,
  buttons: look.buttons.filter(isOther),
  menu: look.menu?.filter(isOther),
});

/** What was told, without what stands above it already. */
const beyond = (told: string, facts: readonly string[]): string =>
  told
    .split('\n')
    .map((line) => line.split(' · ').filter((part) => !facts.includes(part)))
    .flatMap((parts) => (parts.length > 0 ? [parts.join(' · ')] : []))
    .join('\n');

/** When a clip was asked for; folded away, with which options, what was done to its picture and what `load` tells. */
export function Details({ look, load, again }: { look: Look; load?: () => Promise<string>; again(): void }) {
  const { at, shown, facts, options } = look;
  const [told, tell] = useState('');
  const canTell = ![...look.buttons, ...(look.menu ?? [])].every(isOther);
  const line = (
    <span class="facts small">
      <Time at={at} />
      {shown.map((each) => (
        <span key={each}>{each}</span>
      ))}
    </span>
  );
  if (facts.length === 0) return line;
  return (
    <details
      class="details small"
      onToggle={async ({ currentTarget }) => {
        if (currentTarget.open && canTell && load) tell(await load());
      }}
    >
      <summary>
        {line}
        {WORDS.details}
      </summary>
      <p class="facts small">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <p class="told" role="status">
        {beyond(told, facts)}
      </p>
      {options && canTell && (
        <button type="button" class="plain" onClick={again}>
          <Icon name="sliders" />
          <span>{WORDS.useAgain}</span>
        </button>
      )}
    </details>
  );
}

function Time({ at }: { at: number }) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const);
  return <time dateTime={date.toISOString()}>{timeOf(date, { ...day, hour: '2-digit', minute: '2-digit' })}</time>;
}

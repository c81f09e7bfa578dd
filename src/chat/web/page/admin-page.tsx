import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AdminView } from '../view.ts';
import { Charts } from './admin-charts.tsx';
import { newKey } from './key.ts';

const REFRESH_MS = 60_000;

/** As they are told the server, with what they say; `/admin` says the same in English. */
const ORDERS = {
  pause: 'Pause: begin nothing new',
  resume: 'Resume',
  stop: 'Stop a task',
  retry: 'Retry a task',
  block: 'Block a person',
  unblock: 'Unblock a person',
  refuse: 'Refuse a word',
  allow: 'Allow a word again',
  park: 'Leave a key alone',
  free: 'Use a key again',
};

async function errorOf(response: Response | undefined): Promise<string> {
  const answer: unknown = await response?.json().catch(() => undefined);
  const has = typeof answer === 'object' && answer !== null && 'error' in answer;
  return has ? String(answer.error) : 'The bot cannot be reached.';
}

/** How the bot does, for those who run it. */
export function Admin() {
  const [view, show] = useState<AdminView>();
  const [isShut, shut] = useState(false);
  const [problem, tell] = useState('');

  async function look(): Promise<void> {
    const response = await fetch('/api/admin').catch(() => undefined);
    shut(response?.status === 401);
    show(response?.ok ? await response.json() : undefined);
    tell(response?.ok ? '' : await errorOf(response));
  }
  useEffect(() => {
    void look();
  }, []);
  const isOpen = view !== undefined;
  useEffect(() => {
    if (!isOpen) return;
    const timer = setInterval(() => document.hidden || void look(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [isOpen]);

  return (
    <>
      <h1>How the bot does</h1>
      {isShut && <Gate entered={look} tell={tell} />}
      <p id="problem" class="problem" role="alert">
        {problem}
      </p>
      {view && (
        <div id="inside">
          <Part id="alarms" title="Wrong just now">
            <Lines id="alarms" lines={view.alarms.length === 0 ? ['Nothing'] : view.alarms} />
          </Part>
          <Part id="today" title="Today">
            <Lines id="lines" lines={view.lines} />
          </Part>
          <Part id="orders" title="Do something about it">
            <Order done={look} />
          </Part>
          <Part id="day" title="The last 24 hours (UTC)">
            <div id="day">
              <Charts buckets={view.day} unit="hour" />
            </div>
          </Part>
          <Part id="month" title="The last 30 days (UTC)">
            <div id="month">
              <Charts buckets={view.month} unit="day" />
            </div>
          </Part>
        </div>
      )}
    </>
  );
}

const Part = ({ id, title, children }: { id: string; title: string; children: ComponentChildren }) => (
  <section aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>{title}</h2>
    {children}
  </section>
);

const Lines = ({ id, lines }: { id: string; lines: readonly string[] }) => (
  <ul id={id}>
    {lines.map((line, n) => (
      <li key={n}>{line}</li>
    ))}
  </ul>
);

function Gate({ entered, tell }: { entered(): unknown; tell(problem: string): void }) {
  async function enter(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const form = event.currentTarget;
    const body = new URLSearchParams({ password: String(new FormData(form).get('password')) });
    const response = await fetch('/api/admin/login', { method: 'POST', body }).catch(() => undefined);
    form.reset();
    if (response?.ok) entered();
    else tell(await errorOf(response));
  }
  return (
    <form id="gate" onSubmit={enter}>
      <label for="password">Admin password</label>
      <input type="password" class="typed" id="password" name="password" autocomplete="current-password" required />
      <button type="submit" class="order">
        Open
      </button>
    </form>
  );
}

function Order({ done }: { done(): unknown }) {
  const [said, say] = useState('');
  const [order, choose] = useState('pause');
  const [what, write] = useState('');
  async function give(event: Event) {
    event.preventDefault();
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ do: order, what, key: newKey() });
    const response = await fetch('/api/admin', { method: 'POST', headers, body }).catch(() => undefined);
    if (!response?.ok) return say(await errorOf(response));
    const answer: { say: string } = await response.json();
    say(answer.say);
    write('');
    await done();
  }
  return (
    <>
      <form id="order" onSubmit={give}>
        <label for="do">Order</label>
        <select id="do" class="typed" value={order} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {Object.entries(ORDERS).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
        <label for="what">Which: the end of a task’s id, a person, a word or the beginning of a key’s name</label>
        <input
          id="what"
          class="typed"
          maxLength={200}
          autocomplete="off"
          value={what}
          onInput={({ currentTarget }) => write(currentTarget.value)}
        />
        <button type="submit" class="order">
          Do it
        </button>
      </form>
      <p id="said" role="status">
        {said}
      </p>
    </>
  );
}

import { byId, write } from './dom.ts';
import { install } from './install.ts';
import { wayBack } from './way-back.ts';
import { WORDS } from './words.ts';

const password = document.querySelector<HTMLInputElement>('#password');

install();
password?.focus();
byId('login').addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = new URLSearchParams({ password: password?.value ?? '' });
  const response = await fetch('/login', { method: 'POST', body }).catch(() => undefined);
  if (response?.ok) return location.replace(wayBack(location));
  const answer: unknown = await response?.json().catch(() => undefined);
  const isTold = typeof answer === 'object' && answer !== null && 'error' in answer;
  write(byId('problem'), isTold ? String(answer.error) : WORDS.broken);
  password?.select();
});

// @ts-check

import { byId, write } from './dom.js';
import { WORDS } from './words.js';

const form = byId('login', HTMLFormElement);
const password = byId('password', HTMLInputElement);
const problem = byId('problem', HTMLElement);

password.focus();
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = new URLSearchParams({ password: password.value });
  const response = await fetch('/login', { method: 'POST', body }).catch(() => undefined);
  if (response?.ok) return location.assign('/');
  /** @type {unknown} */
  const answer = await response?.json().catch(() => undefined);
  const told = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : WORDS.broken;
  write(problem, String(told));
  password.select();
});

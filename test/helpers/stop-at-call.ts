import { subscribe } from 'node:diagnostics_channel';

// Loaded before the program (`--import`): stands still, as by SIGSTOP from elsewhere, at the moment at which its first
// connection to a provider stands and nothing has been written to it yet.
let isStopped = false;
subscribe('undici:client:connected', () => {
  if (isStopped) return;
  isStopped = true;
  process.kill(process.pid, 'SIGSTOP');
});

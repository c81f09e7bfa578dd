import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process beside this one that, whatever ends this one, ends the server and removes its folder. */
export function watchOver(dir: string) {
  // A killed server takes a moment to end, and may write until then.
  const script =
    'while read -r pid; do last=$pid; done; [ -z "$last" ] || kill -9 "$last"; until rm -rf "$0"; do sleep 0.2; done';
  const guard = spawn('sh', ['-c', script, dir], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  return {
    over: (pid: number | undefined) => void guard.stdin.write(`${pid ?? ''}\n`),
    async end() {
      const ended = once(guard, 'exit');
      guard.ref();
      guard.stdin.end();
      await ended;
    },
  };
}

import { createServer } from 'node:http';
import { bind, ListenFailed, type Where } from '../server/bind.ts';
import { type Check, type Finding, fine, off } from './check.ts';

const ASK_MS = 3_000;

export const portsCheck: Check = {
  name: 'Ports',
  of: 'set-up',
  async look({ config: { web } }) {
    const main = { host: web.host, port: web.port, portSetting: 'PORT' };
    const ops = web.opsPort === undefined ? [] : [{ host: '127.0.0.1', port: web.opsPort, portSetting: 'OPS_PORT' }];
    return Promise.all([main, ...ops].map(lookAt));
  },
};

async function lookAt(where: Where): Promise<Finding> {
  const { host, port, portSetting } = where;
  const server = createServer();
  try {
    await bind(server, where);
    return fine(`${portSetting}: ${host}, port ${port} can be listened at`);
  } catch (error) {
    if (!(error instanceof ListenFailed)) throw error;
    return (await isKinora(where)) ? fine(`${portSetting}: a Kinora is running at port ${port}`) : off(error.message);
  } finally {
    server.close();
  }
}

/** Whether what has the port already is this program, which may well go on while it is looked at. */
async function isKinora({ host, port }: Where): Promise<boolean> {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  try {
    const answer = await fetch(`http://${name.includes(':') ? `[${name}]` : name}:${port}/healthz`, {
      signal: AbortSignal.timeout(ASK_MS),
      redirect: 'error',
    });
    return /^\{"alive":\w+\}$/.test((await answer.text()).slice(0, 100));
  } catch {
    return false;
  }
}

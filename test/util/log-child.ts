/** Logs, pretty or not as its argument says, an error that carries a secret deep inside. */
import { createLog } from '../../src/util/log.ts';

const SECRET = 't0ken:very-secret';
const log = createLog({ level: 'info', pretty: process.argv[2] === 'true', secrets: [SECRET] });
const cause = Object.assign(new Error(`connect https://api.example/bot${SECRET}/x`), { url: SECRET });
log.error({ err: new Error('request failed', { cause }), nested: { deep: [SECRET] } }, 'it failed');

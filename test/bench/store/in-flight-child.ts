import { openMongoStore } from '../../../src/store/mongo/open.ts';
import { benchWorker, instantGen4 } from './worker.ts';

/** `URL COUNT`: a worker whose jobs never end. Says so once it has looked at that many. */
const [url = '', count = ''] = process.argv.slice(2);
const looked = new Set<string>();
const provider = instantGen4(async () => ({ state: 'rendering' }));
const worker = benchWorker(await openMongoStore({ url }), provider, ({ id }) => {
  looked.add(id);
  if (looked.size === Number(count)) console.log('looked at all');
});
worker.start();

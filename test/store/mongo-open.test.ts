import { createServer } from 'node:net';
import { inspect } from 'node:util';
import mongoose from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAddress } from '../../src/store/mongo/address.ts';
import { connect } from '../../src/store/mongo/connect.ts';
import { createDb, type MongoDb } from '../../src/store/mongo/db.ts';
import { migrate } from '../../src/store/mongo/migrate.ts';
import { MIGRATIONS, type Migration } from '../../src/store/mongo/migrations.ts';
import { assemble, openMongoStore } from '../../src/store/mongo/open.ts';
import { acquireShared } from '../../src/store/shared-use.ts';
import { StoreUnavailable } from '../../src/store/store.ts';
import { HandClock, known, newTask } from '../contract/store/tools.ts';
import { startFakeMongo } from '../fakes/mongo.ts';
import { given, mongoProgram, mongoUrl, noMongo, noMongoProgram, withOptions } from '../helpers/mongo.ts';
import { type MongoServer, startMongoServer } from '../helpers/mongo-server.ts';

const WORST_MS = 10_000;

/** What a person is told when it cannot be opened: in time, plainly, and with none of the secrets anywhere. */
async function refusal(url: string, ...secrets: string[]): Promise<string> {
  const began = performance.now();
  const error = await openMongoStore({ url }).then(
    (store) => store.close(),
    (thrown: unknown) => thrown,
  );
  expect(performance.now() - began).toBeLessThan(WORST_MS);
  if (!(error instanceof StoreUnavailable)) throw new Error('a plain refusal was expected', { cause: error });
  for (const secret of secrets) expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(secret);
  return error.message;
}

const HOW =
  'MONGO_URL is no address of a MongoDB. It looks like mongodb://user:password@host:27017/kinora; in the password, @ : / and % are written as %40 %3A %2F and %25.';

describe.concurrent('opening a MongoDB store that cannot be', () => {
  it.each([
    '',
    'kinora',
    'http://bot:hunter2@host/x',
    'postgres://bot:hunter2@host/x',
    'mongodb://bot:hunter2@',
    'mongodb://bot:hunter2@/x',
    'mongodb://bot:hun:ter2@host/x',
    'mongodb://bot:hunter2@x@host/x',
    'mongodb://bot:hunter2@host:99999/x',
    'mongodb://bot:hunter%ZZ2@host/x',
    'mongodb://bot:hunter2@host/x?nonsense=1',
    'mongodb://bot:hunter2@host/x?tls=maybe',
    'mongodb+srv://bot:hunter2@host:27017/x',
  ])('%j is said to be no address', async (url) => {
    expect(await refusal(url, 'hunter2', 'hun:ter2')).toBe(HOW);
  });

  it.each([
    ['readPreference=secondary&maxStalenessSeconds=120', /^MONGO_URL has options that cannot be used here\./],
    ['tls=true&tlsCAFile=/nowhere/ca.pem', /^MONGO_URL names a file, of a certificate say, that cannot be read\./],
  ])('%s is said to be wrong with it', async (options, sentence) => {
    expect(await refusal(`mongodb://bot:hunter2@127.0.0.1:1/x?${options}`, 'hunter2')).toMatch(sentence);
  });

  it('a database that is not named is kinora', () => {
    for (const url of ['mongodb://h', 'mongodb://h/', 'mongodb://h,i:1/?appName=a/b', 'mongodb://u:p@h/?w=1'])
      expect(readAddress(url).database).toBe('kinora');
    for (const url of ['mongodb://h/other', 'mongodb://u:p@h:1,i:2/other?w=1'])
      expect(readAddress(url).database).toBe('other');
    expect(readAddress('mongodb+srv://u:secret@cluster0.example.net/x')).toMatchObject({
      hosts: 'cluster0.example.net',
      database: 'x',
    });
  });

  it('nobody listens there', async () => {
    const { port, close } = await startFakeMongo({});
    await close();
    expect(await refusal(`mongodb://bot:hunter2@127.0.0.1:${port}/x`, 'hunter2')).toBe(
      `MongoDB at 127.0.0.1:${port} cannot be reached. Start it, or set another MONGO_URL.`,
    );
  });

  it('a host that is not known', async () => {
    for (const scheme of ['mongodb', 'mongodb+srv'])
      expect(await refusal(`${scheme}://bot:hunter2@db.nowhere.invalid/x`, 'hunter2')).toMatch(
        /^MongoDB at db\.nowhere\.invalid(:27017)? cannot be reached\. Start it, or set another MONGO_URL\.$/,
      );
  });

  it('something that takes the connection and never answers', { timeout: 2 * WORST_MS }, async () => {
    const silent = createServer((socket) => socket.on('error', () => {}));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await refusal(`mongodb://bot:hunter2@127.0.0.1:${port}/x?directConnection=true`, 'hunter2')).toMatch(
      /^MongoDB at 127\.0\.0\.1:\d+ (cannot be reached|does not answer in time)\. /,
    );
    silent.close();
  });

  it('something that speaks another protocol', async () => {
    const web = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const address = web.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await refusal(`mongodb://127.0.0.1:${port}/x`)).toContain('cannot be reached');
    web.close();
  });

  it('a server older than 4.4', async () => {
    const hello = { ok: 1, ismaster: true, helloOk: true, minWireVersion: 0, maxWireVersion: 8 };
    const old = await startFakeMongo({ ...hello, maxBsonObjectSize: 16e6, localTime: new Date() });
    expect(await refusal(`mongodb://127.0.0.1:${old.port}/x`)).toBe(
      `MongoDB at 127.0.0.1:${old.port} is older than 4.4. Update it, or set another MONGO_URL.`,
    );
    await old.close();
  });

  it('a replica set without a primary, and one of another name', async () => {
    const hello = { ok: 1, ismaster: false, secondary: true, setName: 'rs', minWireVersion: 0, maxWireVersion: 21 };
    const fake = await startFakeMongo({ ...hello, maxBsonObjectSize: 16e6, localTime: new Date() });
    const refusals = ['rs', 'other'].map((set) => refusal(`mongodb://127.0.0.1:${fake.port}/x?replicaSet=${set}`));
    const lack = `MongoDB at 127.0.0.1:${fake.port} has no primary that could be written to. Wait for one, or set another MONGO_URL.`;
    expect(await Promise.all(refusals)).toEqual([lack, lack]);
    await fake.close();
  });
});

describe.skipIf(noMongoProgram)('a MongoDB with users', () => {
  const PASSWORD = 'p@ss/w:rd%';
  const password = encodeURIComponent(PASSWORD);
  let server: MongoServer;
  const address = (user: string, pass: string, database = 'kinora') =>
    `mongodb://${user}:${pass}@127.0.0.1:${server.port}/${database}?authSource=admin&directConnection=true`;

  beforeAll(async () => {
    server = await startMongoServer({ program: mongoProgram(), auth: true });
    const first = await new mongoose.mongo.MongoClient(server.url).connect();
    await first.db('admin').command({ createUser: 'root', pwd: PASSWORD, roles: ['root'] });
    await first.close();
    const root = await new mongoose.mongo.MongoClient(address('root', password)).connect();
    const roles = [{ role: 'read', db: 'kinora' }];
    await root.db('admin').command({ createUser: 'reader', pwd: PASSWORD, roles });
    await root.close();
  });
  afterAll(() => server?.close());

  it('is opened with the right one', async () => {
    const store = await openMongoStore({ url: address('root', password) });
    expect((await store.tasks.insert(newTask({ ...new HandClock(), now: () => store.now() }))).created).toBe(true);
    await store.close();
  });

  it('says what is wrong with the others', async () => {
    const at = `127.0.0.1:${server.port}`;
    expect(await refusal(address('root', 'hunter2'), 'hunter2')).toBe(
      `MongoDB at ${at} refuses the user and password. Correct them in MONGO_URL.`,
    );
    expect(await refusal(`mongodb://${at}/kinora?directConnection=true`)).toBe(
      `MongoDB at ${at} wants a user and a password. Put them into MONGO_URL.`,
    );
    expect(await refusal(address('reader', password), PASSWORD, password)).toBe(
      `The database kinora at ${at} may not be read and written by this user. Give it the role readWrite, or set another MONGO_URL.`,
    );
  });
});

describe.skipIf(noMongo)('the schema of a MongoDB store', () => {
  let db: MongoDb;
  let url: string;
  const open: MongoDb[] = [];
  const clock = given({ now: Date.now });

  async function another(): Promise<MongoDb> {
    const made = createDb(await connect(readAddress(url)), readAddress(url));
    open.push(made);
    return made;
  }
  beforeEach(async () => {
    url = mongoUrl();
    db = await another();
  });
  afterEach(async () => {
    await db.native.dropDatabase();
    await Promise.all(open.splice(0).map((each) => each.close()));
  });

  const run = async (migrations: readonly Migration[], on = db) => migrate({ db: on, clock }, migrations);
  const version = async () => (await db.models.schema.findOne({}).lean())?.version;
  const noting = (name: string, noted: string[], before = async () => {}): Migration => ({
    name,
    async run() {
      await before();
      noted.push(name);
    },
  });

  it('goes a step at a time from the version found', async () => {
    const noted: string[] = [];
    const [one, two, three] = ['one', 'two', 'three'].map((name) => noting(name, noted));
    await run([known(one)]);
    expect([await version(), noted]).toEqual([1, ['one']]);
    const broken = noting('broken', noted, () => Promise.reject(new Error('no')));
    await expect(run([known(one), known(two), broken])).rejects.toThrow('no');
    expect([await version(), noted]).toEqual([2, ['one', 'two']]);
    await run([known(one), known(two), known(three)]);
    expect([await version(), noted]).toEqual([3, ['one', 'two', 'three']]);
  });

  it('is brought up by one of several that start at once, once; the others wait for it', async () => {
    const noted: string[] = [];
    const migrations = ['one', 'two', 'three'].map((name) =>
      noting(name, noted, () => new Promise((resolve) => setTimeout(resolve, 30))),
    );
    const starting = await Promise.all([another(), another(), another(), another()]);
    await Promise.all(
      starting.map(async (on) => {
        await run(migrations, on);
        expect(noted).toEqual(['one', 'two', 'three']);
      }),
    );
    expect(noted).toEqual(['one', 'two', 'three']);
  });

  it('is taken over from one that died over it', async () => {
    await db.models.kv.create({ _id: 'lock:"migration"', value: 'null', owner: '"dead"', until: Date.now() + 300 });
    await run(MIGRATIONS);
    expect(await version()).toBe(MIGRATIONS.length);
  });

  it('is left as it is while programs of an earlier version work on it, and brought up half a minute after the last', async () => {
    const handClock = new HandClock();
    const at = { db, clock: given(handClock) };
    const earlier = MIGRATIONS.slice(0, -1);
    await migrate(at, earlier);
    const older = assemble(at);
    const works = () => older.locks.hold('record', 'bots', 30_000);
    await works();
    let waits = (): void => {};
    const waiting = () => new Promise<void>((resolve) => (waits = resolve));
    const log = { warn: () => waits() };

    const told = waiting();
    const refused = migrate({ ...at, log }, MIGRATIONS).catch((error: unknown) => error);
    await told;
    handClock.advance(10_000);
    await works();
    expect(await refused).toMatchObject({
      name: 'StoreUnavailable',
      message: expect.stringMatching(/^An earlier Kinora works on the database kinora-test-\S+ at .*Stop all of them/),
    });
    expect(await version()).toBe(earlier.length);

    const toldAgain = waiting();
    const brought = migrate({ ...at, log }, MIGRATIONS);
    await toldAgain;
    handClock.advance(30_000);
    await brought;
    expect(await version()).toBe(MIGRATIONS.length);
  });

  it('is closed to a program of an earlier version that starts while it is brought up, and just after', async () => {
    await run(MIGRATIONS);
    const at = { db, clock: given(new HandClock()) };
    const older = assemble(at);
    const starts = () => acquireShared(older, () => {});
    let told: unknown;
    const during = () =>
      starts().catch((error: unknown) => {
        told = error;
      });
    await migrate(at, [...MIGRATIONS, { name: 'one more', run: async () => void (await during()) }]);
    expect(told).toMatchObject({ message: expect.stringMatching(/another version works on it/) });
    await expect(starts()).rejects.toThrow(/another version works on it/);
    const newer = { locks: older.locks, version: older.version + 1 };
    (await acquireShared(newer, () => {}))();
  });

  it('of a newer program is refused and left as it is', async () => {
    await run(MIGRATIONS);
    await db.models.schema.updateOne({}, { $set: { version: MIGRATIONS.length + 1 } });
    const { hosts, database } = readAddress(url);
    expect(await refusal(url)).toBe(
      `A newer Kinora has written the database ${database} at ${hosts}. Update this one, or set another MONGO_URL.`,
    );
    expect(await version()).toBe(MIGRATIONS.length + 1);
  });

  it('is not made among what somebody else keeps under the same names, which is left as it is', async () => {
    const theirs = db.native.collection('tasks');
    await theirs.insertMany([{ title: 'water the plants' }, { title: 'call Ada' }]);
    const { hosts, database } = readAddress(url);
    expect(await refusal(url)).toBe(
      `The database ${database} at ${hosts} has somebody else's tasks. Name another database in MONGO_URL.`,
    );
    expect(await theirs.indexes()).toHaveLength(1);
    expect(await theirs.countDocuments()).toBe(2);
  });

  it('has no index but those that migrations name', async () => {
    const store = await openMongoStore({ url });
    await store.tasks.insert(newTask({ ...new HandClock(), now: () => store.now() }));
    await store.blobs.write('0'.repeat(24), 'clip', [Buffer.from('x')], { maxBytes: 1 });
    await store.close();
    const names = async (collection: string) =>
      (await db.native.collection(collection).listIndexes().toArray()).map(({ name }) => name).toSorted();
    expect(await names('tasks')).toEqual(
      [
        '_id_',
        'ahead',
        'clipsHereBy',
        'conversation',
        'due',
        'endedStarred',
        'history',
        'inFlight',
        'open',
        'ownStage',
        'person',
        'requestKey',
        'shows',
        'stage',
        'stageHere',
        'starredBy',
        'starredHere',
        'starredHereBy',
        'starredOwn',
        'start',
        'story',
      ].toSorted(),
    );
    expect(await names('bytes.chunks')).toEqual(['_id_', 'files_id_1_n_1']);
    expect(await names('bytes.files')).toEqual(['_id_', 'filename_1_uploadDate_1']);
  });

  it('every write is acknowledged by most members’ disks, whatever the address says', async () => {
    const loose = { w: '0', journal: 'false', readPreference: 'secondary', readConcernLevel: 'majority' };
    const where = readAddress(withOptions(url, loose));
    const connection = await connect(where);
    expect(connection.getClient().options.readPreference.mode).toBe('primary');
    expect(connection.getClient().options.writeConcern).toMatchObject({ w: 'majority', j: true });
    await connection.close();
  });
});

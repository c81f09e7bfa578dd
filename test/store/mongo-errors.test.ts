import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { plain } from '../../src/store/mongo/errors.ts';
import { StoreUnavailable } from '../../src/store/store.ts';

const { MongoNetworkError, MongoServerError, MongoWriteConcernError } = mongoose.mongo;
const where = { hosts: 'db:27017', database: 'kinora' };
const said = (error: unknown): string => {
  const told = plain(error, where);
  if (!(told instanceof StoreUnavailable)) throw new Error('not plain', { cause: told });
  return told.message;
};
const server = (code: number, message = 'words of the server') => new MongoServerError({ message, code });
const coded = (code: string) => Object.assign(new Error('words of the machine'), { code });

describe('what MongoDB and its driver throw', () => {
  it.each<[Error, string]>([
    [server(10107), 'has no primary'],
    [server(189), 'has no primary'],
    [server(11602), 'has no primary'],
    [server(11600), 'cannot be reached'],
    [server(91), 'cannot be reached'],
    [server(43, 'cursor id 7 not found'), 'cannot be reached'],
    [server(50), 'does not answer in time'],
    [server(262), 'does not answer in time'],
    [server(18), 'refuses the user and password'],
    [server(13, 'not authorized on kinora'), 'may not be read and written'],
    [server(13, 'Command find requires authentication'), 'wants a user and a password'],
    [server(8000, 'bad auth : authentication failed'), 'refuses the user and password'],
    [server(8000, 'you are over your space quota, using 513 MB of 512 MB'), 'is full'],
    [server(14031, 'available disk space of 1 bytes is less than required'), 'is full'],
    [server(8, '28: No space left on device'), 'is full'],
    [server(64), 'on the disks of most of its members'],
    [
      new MongoWriteConcernError({ ok: 1, writeConcernError: { code: 64, errmsg: 'waiting' } }),
      'of most of its members',
    ],
    [new MongoNetworkError('connection 1 to db:27017 closed'), 'cannot be reached'],
    ...['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'].map(
      (code): [Error, string] => [coded(code), 'cannot be reached'],
    ),
  ])('%s: one plain sentence', (error, sentence) => {
    expect(said(error)).toContain(sentence);
    expect(said(error)).not.toContain('words of');
  });

  it('our own mistakes stay what they are', () => {
    for (const error of [new TypeError('x'), server(2, 'BadValue'), server(9), server(11000), coded('ERR_ASSERTION')])
      expect(plain(error, where)).toBe(error);
    const told = new StoreUnavailable('The store is closed.');
    expect(plain(told, where)).toBe(told);
  });

  it('a key that is taken is told whatever its words are', () => {
    const words = 'E11000 duplicate key error collection: quota.tasks dup key: { requestKey: "no space left" }';
    const error = server(11000, words);
    expect(plain(error, where)).toBe(error);
  });

  it('a refused command’s content is not passed on', () => {
    const error = server(13, 'not authorized on kinora to execute command { insert: "tasks", ref: "https://x?sig=1" }');
    const told = plain(error, where);
    expect(told).toBeInstanceOf(StoreUnavailable);
    if (told instanceof StoreUnavailable) expect(`${told.cause} ${told.stack}`).not.toContain('sig=1');
  });
});

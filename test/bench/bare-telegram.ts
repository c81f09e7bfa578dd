import { run } from '@grammyjs/runner';
import { Bot } from 'grammy';
import Database from 'libsql';

// The least that a bot can do: a row of what came, as durable as Kinora's, and an answer.
const [, , token = '', apiRoot = '', file = ''] = process.argv;
const db = new Database(file);
db.exec(
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE requests (id INTEGER PRIMARY KEY, text TEXT)',
);
const insert = db.prepare('INSERT INTO requests (text) VALUES (?)');

const bot = new Bot(token, { client: { apiRoot } });
bot.on('message', async (context) => {
  insert.run(context.message.caption ?? '');
  await context.reply('Taken.');
});
run(bot);
console.log('receiving');

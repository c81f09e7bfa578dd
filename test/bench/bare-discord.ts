import { join } from 'node:path';
import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';
import Database from 'libsql';

/*
 * What an acknowledgement on Discord is held against: the least bot that keeps what it was told. Inserts a row with the
 * store's own pragmas, answers. `DISCORD_TOKEN=… DISCORD_API_URL=… node … bare-discord.ts FOLDER`.
 */
const { DISCORD_TOKEN: token = '', DISCORD_API_URL: api = '' } = process.env;
const db = new Database(join(process.argv[2] ?? '.', 'bare.db'));
for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL', 'cache_size = -16384'])
  db.prepare(`PRAGMA ${pragma}`).all();
db.exec('CREATE TABLE requests (key TEXT PRIMARY KEY, scene TEXT NOT NULL, url TEXT NOT NULL, at INTEGER NOT NULL)');
const insert = db.prepare<[Record<string, string | number>]>('INSERT INTO requests VALUES (:key, :scene, :url, :at)');

const client = new Client({ intents: [GatewayIntentBits.Guilds], allowedMentions: { parse: [] }, rest: { api } });
client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  const { url } = interaction.options.getAttachment('image', true);
  insert.run({ key: interaction.id, scene: interaction.options.getString('scene', true), url, at: Date.now() });
  await interaction.reply({ content: 'Taken.', flags: MessageFlags.Ephemeral });
});
client.once(Events.ClientReady, () => console.log('ready'));
await client.login(token);

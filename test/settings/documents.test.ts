import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { platforms } from '../../src/chat/index.ts';
import { providers } from '../../src/providers/index.ts';
import { settingsGroups } from '../../src/settings/config.ts';
import { REPOSITORY } from '../helpers/docker-files.ts';
import { envExample, settingsPage } from '../helpers/settings-documents.ts';

/** After a change to the settings `npx vitest run test/settings/documents.test.ts -u` writes both anew. */
describe('every setting, by group, with its default and its sentence, and no other stands in', () => {
  const groups = settingsGroups({ providers, platforms });

  test('docs/settings.md', async () => {
    await expect(settingsPage(groups)).toMatchFileSnapshot(join(REPOSITORY, 'docs', 'settings.md'));
  });

  test('.env.example', async () => {
    await expect(envExample(groups)).toMatchFileSnapshot(join(REPOSITORY, '.env.example'));
  });

  test('and none is declared twice', () => {
    const names = groups.flatMap(({ settings }) => Object.keys(settings));
    expect(names.length).toBeGreaterThan(30);
    expect(new Set(names).size).toBe(names.length);
  });
});

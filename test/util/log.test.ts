import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { scrub } from '../../src/util/log.ts';
import { compiled } from '../helpers/compiled.ts';

describe('a log line', () => {
  test.each([
    ['a secret that was named', 'bot123:abcdef said no', ['bot123:abcdef'], '… said no'],
    ['each of its places', 'k3y4 and k3y4', ['k3y4'], '… and …'],
    ['a picture', '{"image":"data:image/jpeg;base64,/9j/4AAQSkZJRg=="}', [], '{"image":"data:…"}'],
    [
      'a signed URL',
      'GET https://a.example/c.mp4?_jwt=eyJh.eyJi.c-_&x=1',
      [],
      'GET https://a.example/c.mp4?_jwt=…&x=1',
    ],
  ])('loses %s', (_what, line, secrets, clean) => {
    expect(scrub(line, secrets)).toBe(clean);
  });

  test('with nothing to hide stays as it is', () => {
    const line = '{"level":30,"task":"01a204a142fe","msg":"task moved on"}';
    expect(scrub(line, ['s3cret'])).toBe(line);
  });

  test.each([true, false])('of an error that carries a secret deep inside loses it (pretty: %s)', async (pretty) => {
    const child = spawn(process.execPath, [...compiled('test/util/log-child.ts'), String(pretty)]);
    const written = await text(child.stderr);
    expect(written).toContain('it failed');
    expect(written).toContain('request failed');
    expect(written).not.toContain('very-secret');
  });
});

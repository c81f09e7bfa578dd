import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TRANSITIONS } from '../src/task/transition.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGES = ['.', 'docs'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** Links to files of this repository: what they say, and where they lead. */
const linksIn = (page: string) =>
  [...textOf(page).matchAll(/\[([^\]]*)\]\(([^)#]+)[^)]*\)/g)].flatMap(([, says = '', to = '']) =>
    /^[a-z]+:/.test(to) ? [] : [{ says, to: join(dirname(page), to) }],
  );

describe('what is written for people', () => {
  test.each(PAGES)('%s leads nowhere that is not there', (page) => {
    expect(linksIn(page).filter(({ to }) => !existsSync(join(ROOT, to)))).toEqual([]);
  });

  test('names tests that there are', () => {
    const quoted = linksIn('docs/architecture.md').flatMap(({ says, to }) => {
      const name = /^"(.*)"$/.exec(says)?.[1];
      return name === undefined ? [] : [{ name, to }];
    });
    expect(quoted.length).toBeGreaterThan(40);
    const titled = ({ name, to }: { name: string; to: string }) =>
      ["'", '"', '`'].some((quote) => textOf(to).includes(`${quote}${name}${quote}`));
    expect(quoted.filter((each) => !titled(each))).toEqual([]);
  });

  test('draws the table of transitions as it is', () => {
    const drawn = [...textOf('docs/architecture.md').matchAll(/^ {2}(\w+) --> (\w+): (.+)$/gm)].flatMap(
      ([, from, to, events = '']) => events.split(', ').map((event) => `${from} ${event} ${to}`),
    );
    const allowed = Object.entries(TRANSITIONS).flatMap(([from, events]) =>
      Object.entries(events).map(([event, to]) => `${from} ${event} ${to}`),
    );
    expect(drawn.toSorted()).toEqual(allowed.toSorted());
  });

  test('the README stays short', () => {
    expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(130);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { freePort } from '../bench/free-port.ts';
import { KEY, startStage, type TelegramStage } from '../helpers/telegram.ts';

/** The one that is chosen at the top. */
const sourceSchema = z.string().regex(/^\$\{datasource\}$/);
const dashboardSchema = z.object({
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  panels: z.array(
    z.object({
      title: z.string(),
      datasource: z.object({ uid: sourceSchema }),
      targets: z.array(
        z.object({
          expr: z.string(),
          legendFormat: z.string(),
          datasource: z.object({ uid: sourceSchema }),
        }),
      ),
    }),
  ),
});
const dashboard = dashboardSchema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/grafana.json'), 'utf8')),
);
/** As Grafana puts them in. */
const asked = (expr: string): string => expr.replaceAll('$__rate_interval', '4m').replaceAll('$job', '.+');
const queries = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr: asked(expr), legendFormat })),
);
/** What Prometheus adds to all that it scrapes. */
const SCRAPED = ['job', 'instance'];

interface Selector {
  metric: string;
  matchers: { label: string; op: string; value: string }[];
}

/** Each node of this name, in an expression. */
function nodes(expr: string, name: string, from: SyntaxNode = parser.parse(expr).topNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  from.cursor().iterate(({ name: is, node }) => {
    if (is === name) found.push(node);
  });
  return found;
}
const textIn = (expr: string, node: SyntaxNode | null | undefined): string =>
  node ? expr.slice(node.from, node.to) : '';

const selectorsIn = (expr: string): Selector[] =>
  nodes(expr, 'VectorSelector').map((selector) => ({
    metric: textIn(expr, nodes(expr, 'Identifier', selector)[0]),
    matchers: nodes(expr, 'UnquotedLabelMatcher', selector).map((matcher) => ({
      label: textIn(expr, matcher.getChild('LabelName')),
      op: textIn(expr, matcher.getChild('MatchOp')),
      value: textIn(expr, matcher.getChild('StringLiteral')).slice(1, -1),
    })),
  }));
const groupedBy = (expr: string): string[] =>
  nodes(expr, 'GroupingLabels').flatMap((labels) => nodes(expr, 'LabelName', labels).map((each) => textIn(expr, each)));

/** A series as the program tells it. */
interface Series {
  name: string;
  labels: Record<string, string>;
}
const seriesIn = (text: string): Series[] =>
  [...text.matchAll(/^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+$/gm)].map(([, name = '', inner = '']) => ({
    name,
    labels: Object.fromEntries(
      [...inner.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', value = '']) => [label, value]),
    ),
  }));

const fits = ({ labels }: Series, { label, op, value }: Selector['matchers'][number]): boolean => {
  const has = SCRAPED.includes(label) ? 'kinora' : (labels[label] ?? '');
  const isSo = op.endsWith('~') ? new RegExp(`^(?:${value})$`).test(has) : has === value;
  return op.startsWith('!') ? !isSo : isSo;
};

describe('the dashboard for Grafana', () => {
  const EMPTY_KEY = `${KEY}-without-credits`;
  let stage: TelegramStage;
  let series: Series[];
  beforeAll(async () => {
    const opsPort = String(await freePort());
    stage = await startStage({
      settings: () => ({ API_KEYS: `${EMPTY_KEY},${KEY}`, DAILY_BUDGET: '50', OPS_PORT: opsPort }),
    });
    const { tg, provider, photo } = stage;
    // All that its queries ask for has happened: a key is empty, a call too many, a picture bad, a clip refused, one there.
    provider.tell({ do: 'credits', key: EMPTY_KEY, credits: 0 });
    provider.misbehave('poll', { how: 'status', status: 429, retryAfter: '1' });
    const [ada, ben] = [tg.people.user(), tg.people.user()];
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'waves' });
    await stage.untilClip(ada);
    provider.tell({ do: 'failNext', codes: ['002'] });
    await tg.people.sendPhoto({ from: ben, bytes: photo, caption: 'something' });
    const metrics = async () => (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text();
    series = await vi.waitFor(async () => {
      const text = await metrics();
      expect(text).toMatch(/kinora_failures_total\{/);
      return seriesIn(text);
    }, 20_000);
  });
  afterAll(() => stage.close());

  test('has a data source and a bot to choose', () => {
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual(['datasource', 'job']);
    expect(queries.length).toBeGreaterThan(20);
  });

  test.each(queries)(
    '"$title" asks in PromQL for what /metrics of the running program has: $expr',
    ({ expr, legendFormat }) => {
      expect(nodes(expr, '⚠')).toEqual([]);
      const selectors = selectorsIn(expr);
      expect(selectors.length).toBeGreaterThan(0);
      const labels = new Set(SCRAPED);
      for (const { metric, matchers } of selectors) {
        const named = series.filter(({ name }) => name === metric);
        expect({ metric, series: named.length }).not.toEqual({ metric, series: 0 });
        for (const label of named.flatMap((each) => Object.keys(each.labels))) labels.add(label);
        // What is looked for by a value is there; what is left out by one is a label all the same.
        for (const matcher of matchers) {
          expect([...labels]).toContain(matcher.label);
          if (!matcher.op.startsWith('!'))
            expect({ matcher, fit: named.some((each) => fits(each, matcher)) }).toEqual({ matcher, fit: true });
        }
      }
      const by = groupedBy(expr);
      expect([...labels]).toEqual(expect.arrayContaining(by));
      const isGrouped = nodes(expr, 'AggregateExpr').length > 0;
      const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
      expect(isGrouped ? by : [...labels]).toEqual(expect.arrayContaining(shown));
    },
  );

  test('shows each figure of the program’s own', () => {
    const asked = new Set(queries.flatMap(({ expr }) => selectorsIn(expr).map(({ metric }) => metric)));
    const own = new Set(
      series.flatMap(({ name }) => (name.startsWith('kinora_') ? [name.replace(/_(bucket|sum|count)$/, '')] : [])),
    );
    const isShown = (name: string) => ['', '_bucket', '_count'].some((end) => asked.has(name + end));
    expect([...own].filter((name) => !isShown(name))).toEqual([]);
  });
});

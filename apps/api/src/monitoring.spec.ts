import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { errorTexts } from '#system/edges';
import { Metrics } from '#telemetry/metrics';
import { Observer } from '#telemetry/observer';
import { TestServer } from './server.testing.js';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** The rules, one expression a line. */
const alerts = [...read('deploy/prometheus/alerts.yaml').matchAll(/alert: (\w+)\n\s+expr: (.+)\n[^]*?runbook_url: (\S+)\n/g)].map(
  ([, name, expression, runbook]) => ({ name, expression: expression as string, runbook }),
);

interface Panel {
  readonly targets?: readonly { readonly expr: string }[];
}
const { panels } = JSON.parse(read('deploy/grafana/dashboards/digituki.json')) as { panels: readonly Panel[] };
const expressions = [
  ...alerts.map(({ expression }) => expression),
  ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
];

/** Metrics that others tell: Prometheus of its targets, and EventStoreDB. */
const ofOthers = /^(up|eventstore_\w+)$/;

/** The names of metrics in an expression: words that are neither functions, nor labels, nor PromQL's own. */
function metricsIn(expression: string): readonly string[] {
  const bare = expression.replace(/\{[^}]*\}|\[[^\]]*\]|\b(by|without|on|ignoring) \([^)]*\)/g, ' ');
  return [...bare.matchAll(/[a-z_][\w:]*(?!\w*\s*\()/gi)]
    .map(([word]) => word)
    .filter((word) => !['or', 'and', 'unless', 'by', 'on'].includes(word));
}

describe('the alerts and the dashboard', () => {
  let server: TestServer;
  let told: string;
  beforeAll(async () => {
    server = await TestServer.start({ observer: new Observer({ metrics: new Metrics() }) });
    told = await (await fetch(`${server.url}/metrics`)).text();
  });
  afterAll(() => server.stop());

  it('are read whole', () => {
    expect(alerts).toHaveLength([...read('deploy/prometheus/alerts.yaml').matchAll(/- alert:/g)].length);
    expect(alerts.length).toBeGreaterThan(15);
    expect(metricsIn('histogram_quantile(0.95, sum by (le) (rate(a_bucket{b="c"}[5m]))) > 1 or vector(0)')).toEqual(['a_bucket']);
    expect(new Set(expressions.flatMap(metricsIn)).size).toBeGreaterThan(20);
  });

  it('ask for metrics that a server tells, and for nothing else', () => {
    const known = new Set(
      [...told.matchAll(/^# TYPE (\S+) (\w+)$/gm)].flatMap(([, name, type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name as string],
      ),
    );
    const unknown = new Set(expressions.flatMap(metricsIn).filter((name) => !known.has(name) && !ofOthers.test(name)));
    expect([...unknown]).toEqual([]);
  });

  it('ask for codes of errors that there are', () => {
    const codes = expressions.flatMap((expression) => [...expression.matchAll(/code="([^"]+)"/g)].map(([, code]) => code as string));
    expect(codes.length).toBeGreaterThan(1);
    for (const code of codes) expect(Object.keys(errorTexts)).toContain(code);
  });

  it('ask for counters that are told before they are first counted: the first error is told of, too', () => {
    const counters = alerts.flatMap(({ expression }) => [...expression.matchAll(/\w+_total\{[^}]*\}/g)].map(([counter]) => counter));
    expect(counters.length).toBeGreaterThan(1);
    for (const counter of counters) expect(told).toContain(`\n${counter} 0\n`);
  });

  it('ask for states that a view can be in', () => {
    const states = expressions.flatMap((expression) =>
      [...expression.matchAll(/state=~?"([^"]+)"/g)].flatMap(([, list]) => (list as string).split('|')),
    );
    expect(states).toContain('paused');
    for (const state of states) expect(told).toContain(`state="${state}"`);
  });

  it('have a chapter each in docs/operations.md, which says what to do', () => {
    const chapters = [...read('docs/operations.md').matchAll(/^#+ (\w+)$/gm)].map(([, title]) => title);
    for (const { name, runbook } of alerts) {
      expect(runbook).toBe(`docs/operations.md#${name?.toLowerCase()}`);
      expect(chapters).toContain(name);
    }
  });
});

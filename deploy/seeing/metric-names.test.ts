import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { dashboardText, expressionsOfDashboard } from './dashboard.ts';
import { registeredSeries, registryOfAll, seriesOf } from './registered.ts';

interface Rule {
  alert: string;
  expr: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}
const text = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
const rules = (parse(text('alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);
/** Prometheus itself says whether it reached somebody. */
const ofPrometheus = new Set(['up']);

test('an expression is read for the series that it asks for', () => {
  expect(seriesOf('histogram_quantile(0.95, sum by (le, x) (rate(a_bucket{b="c_d"}[5m]))) > 1 and e_f < 42')).toEqual([
    'a_bucket',
    'e_f',
  ]);
});

test('every alarm and every panel asks for series that a service registers', async () => {
  const known = await registeredSeries();
  const asked = [
    ...rules.map(({ alert, expr }) => [alert, expr] as const),
    ...expressionsOfDashboard().map(({ title, expression }) => [title, expression] as const),
  ];
  expect(asked.length).toBeGreaterThan(30);
  for (const [name, expression] of asked) {
    const series = seriesOf(expression);
    expect(series.length, name).toBeGreaterThan(0);
    const unknown = series.filter((one) => !known.has(one) && !ofPrometheus.has(one));
    expect(unknown, name).toEqual([]);
  }
});

test('the dashboard that is kept is the one that is made', () => {
  expect(text('dashboard.json')).toBe(dashboardText());
});

test('every alarm has a test that it speaks, words in both languages, whom it tells and what to do', () => {
  const tests = text('alerts.test.yaml') + text('alerts-of-days.test.yaml');
  for (const { alert, labels, annotations } of rules) {
    expect(Object.keys(annotations), alert).toEqual(['summary', 'summary_vi', 'what_to_do']);
    expect(labels, alert).toMatchObject({
      severity: expect.stringMatching(/^(warning|critical)$/),
      told: expect.any(String),
    });
    expect(tests, alert).toMatch(new RegExp(`alertname: ${alert}\\n\\s+exp_alerts:\\n`));
  }
});

// What `promtool check metrics` asks; it runs too, where it is to be had (promtool.int.test.ts).
test('names, types and helps are as Prometheus wants them', async () => {
  for (const { name, type, help } of await registryOfAll().getMetricsAsJSON()) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(help, name).not.toBe('');
    const kind = String(type);
    expect(name.endsWith('_total'), `${name} is a ${kind}`).toBe(kind === 'counter');
    expect(name, 'base units').not.toMatch(/_(milliseconds|ms|kilobytes|percent|minutes)\b/);
  }
});

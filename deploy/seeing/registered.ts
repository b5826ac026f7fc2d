import type { Registry } from 'prom-client';
import { chainMetrics } from '../../services/chain/chain-metrics.ts';
import { liveMetrics } from '../../services/live/live-metrics.ts';
import { ModelMetrics } from '../../services/outlook/models/model-metrics.ts';
import { diskMetrics } from '../../services/platform/disk-metrics.ts';
import { journalMetrics } from '../../services/platform/journal-metrics.ts';
import { createMetrics } from '../../services/platform/metrics.ts';
import { scenarioMeters } from '../../services/scenarios/meters.ts';

/** A registry in which everything is registered that any service registers, by the same functions. */
export function registryOfAll(): Registry {
  const { registry } = createMetrics('all');
  journalMetrics(registry);
  diskMetrics(registry, () => ({ freeBytes: 1, totalBytes: 2, usedShare: 0.5 }));
  liveMetrics(registry, () => 0);
  chainMetrics(registry, { damage: () => 0, backupAt: () => undefined });
  new ModelMetrics(registry, () => new Date(0), {});
  scenarioMeters(registry, () => 0);
  return registry;
}

/** Names of time series that may be asked for: of a histogram its parts. */
export async function registeredSeries(registry: Registry = registryOfAll()): Promise<Set<string>> {
  const metrics = await registry.getMetricsAsJSON();
  return new Set(
    metrics.flatMap(({ name, type }) => {
      // The library's own types name it by a word.
      const parts = String(type) === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      return parts.map((part) => `${name}${part}`);
    }),
  );
}

const functions = new Set([
  ...['abs', 'absent', 'avg', 'count', 'histogram_quantile', 'increase', 'max', 'max_over_time', 'min', 'rate', 'sum'],
  ...['time', 'topk', 'vector', 'clamp_min', 'and', 'or', 'unless', 'by', 'without', 'bool', 'on', 'ignoring'],
]);

/** Names of time series that an expression of PromQL asks for. Labels, texts, durations and functions are none. */
export function seriesOf(expression: string): string[] {
  const bare = expression
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, ' ');
  const words = bare.match(/[a-zA-Z_:][a-zA-Z0-9_:]*/g) ?? [];
  return [...new Set(words.filter((word) => !functions.has(word)))];
}

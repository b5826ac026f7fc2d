import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterState } from './cluster-state.ts';

/** Whose word counts: who writes the rows of the load, and the door that takes it. */
const asked = ['epidemic', 'geography', 'intake'];

/** What `up` says, as a supervisor of a real cluster would. */
export const clusterLog = (dataFolder: string): string => join(dataFolder, 'logs', 'cluster.log');

/** What of a disturbance could be seen from outside. */
export interface Seen {
  /** Readiness: how many questions were answered by "not ready" or "late", or not at all. */
  readiness: number;
  /** The longest lag that a copy measured of itself, in seconds and in events. */
  lagSeconds: number;
  lagEvents: number;
  /** Lines of warnings and errors in the logs of the services, and of whoever starts what ended again. */
  warnings: number;
}

/** Asks each copy twice a second, and reads at the end what was logged meanwhile. */
export function watchSigns({ copies }: ClusterState, dataFolder: string): { stop: () => Seen } {
  const watched = copies.filter(({ service }) => asked.includes(service));
  const logs = copies.map(({ name }) => join(dataFolder, 'logs', `${name}.log`));
  const ofTheStart = clusterLog(dataFolder);
  const startSize = sizeOf(ofTheStart);
  const sizes = new Map(logs.map((path) => [path, sizeOf(path)]));
  const seen: Seen = { readiness: 0, lagSeconds: 0, lagEvents: 0, warnings: 0 };
  let stopped = false;
  const get = async (url: string) => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(4000) }).catch(() => undefined);
    return { ok: answer?.ok === true, text: (await answer?.text().catch(() => undefined)) ?? '' };
  };
  for (const { url } of watched)
    void (async () => {
      while (!stopped) {
        const [ready, metrics] = await Promise.all([get(`${url}/readyz`), get(`${url}/metrics`)]);
        if (!ready.ok || ready.text.includes('"late"')) seen.readiness++;
        seen.lagSeconds = Math.max(seen.lagSeconds, largest(metrics.text, 'vx_projection_lag_seconds'));
        seen.lagEvents = Math.max(seen.lagEvents, largest(metrics.text, 'vx_projection_lag_events'));
        await sleep(500);
      }
    })();
  return {
    stop: () => {
      stopped = true;
      for (const path of logs) seen.warnings += warningsIn(path, sizes.get(path) ?? 0, /"level":[456]0/g);
      seen.warnings += warningsIn(ofTheStart, startSize, / ended /g);
      return { ...seen, lagSeconds: Math.round(seen.lagSeconds * 10) / 10 };
    },
  };
}

/** The largest value of a metric, whatever its labels. */
function largest(metrics: string, name: string): number {
  const values = metrics
    .split('\n')
    .flatMap((line) => (line.startsWith(`${name}{`) ? [Number(line.slice(line.lastIndexOf(' ')))] : []));
  return Math.max(0, ...values.filter(Number.isFinite));
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** How often something stands in what was added to a file. Warnings and errors of services have levels from 40 on: pino's. */
function warningsIn(path: string, from: number, mark: RegExp): number {
  try {
    return (readFileSync(path).subarray(from).toString().match(mark) ?? []).length;
  } catch {
    return 0;
  }
}

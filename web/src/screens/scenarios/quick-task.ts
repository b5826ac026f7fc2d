import { type District, dailySeries, type Paths, type RunSettings, type Scenario } from '@vungxanh/ml/scenario';

/** What is said to a worker. The district is large and stays: it is told once. */
export type ToWorker =
  | { say: 'district'; district: District }
  | { say: 'run'; task: number; scenario: Scenario; run: RunSettings; first: number; count: number };

export type FromWorker = { task: number; first: number; paths: Paths } | { task: number; failure: string };

export const quickPaths = 200;
/** Paths that a worker takes at a time. A run that is no longer wanted ends after these; few enough that a slider never waits for it. */
export const pathsATask = 25;

/** First path and count of each part of a run. */
export function partsOf(paths: number, size = pathsATask): { first: number; count: number }[] {
  return Array.from({ length: Math.ceil(paths / size) }, (_, i) => ({
    first: i * size,
    count: Math.min(size, paths - i * size),
  }));
}

/** Parts of one run, in order of their first path, as one. */
export function joined(parts: readonly Paths[]): Paths {
  const { days, wards } = parts[0]!;
  const put = <Values extends Float32Array | Float64Array>(all: Values, pieces: Values[]): Values => {
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  };
  const paths = parts.reduce((sum, part) => sum + part.paths, 0);
  const daily = Object.fromEntries(
    dailySeries.map((name) => [
      name,
      put(
        new Float32Array(paths * days),
        parts.map((part) => part.daily[name]),
      ),
    ]),
  ) as Paths['daily'];
  const reportedByWard = put(
    new Float32Array(paths * days * wards),
    parts.map((part) => part.reportedByWard),
  );
  return {
    paths,
    days,
    wards,
    daily,
    reportedByWard,
    doses: put(
      new Float64Array(paths),
      parts.map((part) => part.doses),
    ),
  };
}

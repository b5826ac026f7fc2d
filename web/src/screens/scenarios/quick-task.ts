import type { District, Paths, RunSettings, Scenario } from '@vungxanh/ml/scenario';

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

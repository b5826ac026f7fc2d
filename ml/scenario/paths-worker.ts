import { parentPort } from 'node:worker_threads';
import { simulatePaths } from './simulate.ts';
import type { PathsTask } from './threads.ts';

parentPort!.on('message', ({ district, scenario, run, first, count }: PathsTask) => {
  parentPort!.postMessage(simulatePaths(district, scenario, run, first, count));
});

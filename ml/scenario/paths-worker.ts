import { parentPort } from 'node:worker_threads';
import { dailySeries, openPaths, type PathsOf } from './simulate.ts';
import type { ToThread } from './threads.ts';

let current: PathsOf | undefined;

parentPort!.on('message', (message: ToThread) => {
  if (message.kind === 'run') {
    current = openPaths(message.district, message.scenario, message.run);
    return;
  }
  const paths = current!(message.first, message.count);
  parentPort!.postMessage(paths, [
    ...dailySeries.map((name) => paths.daily[name].buffer as ArrayBuffer),
    paths.reportedByWard.buffer as ArrayBuffer,
    paths.doses.buffer as ArrayBuffer,
  ]);
});

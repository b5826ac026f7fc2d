import { type District, simulatePaths } from '@vungxanh/ml/scenario';
import type { FromWorker, ToWorker } from './quick-task.ts';

const answer = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, { transfer });
let district: District | undefined;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.say === 'district') {
    district = data.district;
    return;
  }
  const { task, scenario, run, first, count } = data;
  try {
    if (!district) throw new Error('no district was told');
    const paths = simulatePaths(district, scenario, run, first, count);
    const buffers = [...Object.values(paths.daily), paths.reportedByWard, paths.doses].map(
      ({ buffer }) => buffer as ArrayBuffer,
    );
    answer({ task, first, paths }, buffers);
  } catch (error) {
    answer({ task, failure: error instanceof Error ? error.message : String(error) });
  }
};

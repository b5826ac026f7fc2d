import { type District, simulatePaths } from '@vungxanh/ml/scenario';
import type { FromWorker, ToWorker } from './quick-task.ts';

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage: (message: FromWorker, transfer?: Transferable[]) => void;
};
let district: District | undefined;

scope.onmessage = ({ data }) => {
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
    scope.postMessage({ task, first, paths }, buffers);
  } catch (error) {
    scope.postMessage({ task, failure: error instanceof Error ? error.message : String(error) });
  }
};

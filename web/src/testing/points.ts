import { bytesPerPoint } from '@vungxanh/services/contracts/point-format.ts';
import { type PointSet, pointSet } from '../feed/points.ts';

/** Points as the services send them, all at one place; of each its sequence and the index of its status. */
export function pointsOf(points: { sequence: number; status: number }[]): PointSet {
  const view = new DataView(new ArrayBuffer(points.length * bytesPerPoint));
  points.forEach(({ sequence, status }, i) => {
    view.setUint32(i * bytesPerPoint + 8, sequence, true);
    view.setUint8(i * bytesPerPoint + 15, status);
  });
  return pointSet(view.buffer);
}

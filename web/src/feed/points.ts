import {
  bytesPerPoint,
  categoryMask,
  clockShift,
  type PointClock,
  pointClocks,
} from '@vungxanh/services/contracts/point-format.ts';

/** Points as they came: 16 bytes each, positions first, so that the graphics card takes them unchanged. */
export interface PointSet {
  count: number;
  bytes: ArrayBuffer;
}

export const noPoints: PointSet = { count: 0, bytes: new ArrayBuffer(0) };

/** @throws Error when the length is not a whole number of records */
export function pointSet(bytes: ArrayBuffer): PointSet {
  if (bytes.byteLength % bytesPerPoint)
    throw new Error(`points: ${bytes.byteLength} bytes are not a whole number of records of ${bytesPerPoint} bytes`);
  return { count: bytes.byteLength / bytesPerPoint, bytes };
}

export interface PointRecord {
  lon: number;
  lat: number;
  sequence: number;
  /** Days since 1970-01-01. */
  day: number;
  category: number;
  status: number;
  /** What is asked of somebody; left out: the layer has no clock. */
  clock?: PointClock;
}

export function pointAt({ bytes }: PointSet, index: number): PointRecord {
  const view = new DataView(bytes, index * bytesPerPoint, bytesPerPoint);
  const clock = pointClocks[view.getUint8(14) >> clockShift]!;
  return {
    lon: view.getFloat32(0, true),
    lat: view.getFloat32(4, true),
    sequence: view.getUint32(8, true),
    day: view.getUint16(12, true),
    category: view.getUint8(14) & categoryMask,
    status: view.getUint8(15),
    ...(clock === 'none' ? {} : { clock }),
  };
}

/** Statuses of all points, without copying: every 16th byte from the 15th. */
export function statusesOf({ count, bytes }: PointSet): Uint8Array {
  const all = new Uint8Array(bytes);
  const statuses = new Uint8Array(count);
  for (let i = 0; i < count; i += 1) statuses[i] = all[i * bytesPerPoint + 15]!;
  return statuses;
}

/** Category and clock of a point, without making an object of it. */
export const kindOfPoint = ({ bytes }: PointSet, index: number): number =>
  new DataView(bytes).getUint8(index * bytesPerPoint + 14) & categoryMask;
export const clockOfPoint = ({ bytes }: PointSet, index: number): PointClock =>
  pointClocks[new DataView(bytes).getUint8(index * bytesPerPoint + 14) >> clockShift]!;

const newest = new WeakMap<PointSet, number>();

/** Journal sequence of the newest entity among the points; 0 when there is none. What the stream told after it is not among them. */
export function newestSequence(points: PointSet): number {
  let sequence = newest.get(points);
  if (sequence === undefined) {
    const view = new DataView(points.bytes);
    sequence = 0;
    for (let index = 0; index < points.count; index += 1)
      sequence = Math.max(sequence, view.getUint32(index * bytesPerPoint + 8, true));
    newest.set(points, sequence);
  }
  return sequence;
}

import type { Theme } from '../address.ts';
import { type PointLayer, pointsOf } from '../faces.ts';
import { clockOfPoint, type PointSet, statusesOf } from '../feed/points.ts';
import { clockColours } from './palette.ts';

/** Four bytes a point: colour by what is asked of somebody, else by status; clear when the status takes it off the map. */
export function pointColourBytes(layer: PointLayer, theme: Theme, points: PointSet): Uint8Array {
  const byStatus = statusColours(layer, theme);
  const statuses = statusesOf(points);
  const { goneStatuses, statuses: named } = pointsOf(layer);
  const colours = new Uint8Array(points.count * 4);
  for (let i = 0; i < points.count; i += 1) {
    const clock = clockOfPoint(points, i);
    const isGone = goneStatuses.includes(named[statuses[i]!] ?? '');
    colours.set(
      clock === 'none' || isGone ? (byStatus[statuses[i]!] ?? byStatus[0]!) : [...clockColours[theme][clock], 245],
      i * 4,
    );
  }
  return colours;
}

const clear: [number, number, number, number] = [0, 0, 0, 0];

export function statusColours(layer: PointLayer, theme: Theme): [number, number, number, number][] {
  const { statuses, openStatuses, goneStatuses, colours } = pointsOf(layer);
  const { open, over } = colours[theme];
  return statuses.map((status) => {
    if (goneStatuses.includes(status)) return clear;
    return openStatuses.includes(status) ? [...open, 235] : [...over, 90];
  });
}

/** How many of the points are seen, and how many of them are still going on. */
export function countPoints(layer: PointLayer, points: PointSet): { seen: number; open: number } {
  const { statuses, openStatuses, goneStatuses } = pointsOf(layer);
  let seen = 0;
  let open = 0;
  for (const index of statusesOf(points)) {
    const status = statuses[index] ?? '';
    if (goneStatuses.includes(status)) continue;
    seen += 1;
    if (openStatuses.includes(status)) open += 1;
  }
  return { seen, open };
}

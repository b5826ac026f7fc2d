import type { Theme } from '../address.ts';
import type { PointLayer } from '../api/answers.ts';
import { type PointSet, statusesOf } from '../feed/points.ts';
import { hiddenStatuses, openStatuses, pointColours } from './palette.ts';

/** Four bytes a point: colour by status; clear when the status takes it off the map. */
export function pointColourBytes(layer: PointLayer, theme: Theme, points: PointSet): Uint8Array {
  const byStatus = statusColours(layer, theme);
  const statuses = statusesOf(points);
  const colours = new Uint8Array(points.count * 4);
  for (let i = 0; i < points.count; i += 1) colours.set(byStatus[statuses[i]!] ?? byStatus[0]!, i * 4);
  return colours;
}

const statusCount = 16;
const clear: [number, number, number, number] = [0, 0, 0, 0];

export function statusColours(layer: PointLayer, theme: Theme): [number, number, number, number][] {
  const { open, over } = pointColours[theme][layer];
  return Array.from({ length: statusCount }, (_, status) => {
    if (hiddenStatuses[layer].includes(status)) return clear;
    return openStatuses[layer].includes(status) ? [...open, 235] : [...over, 90];
  });
}

/** How many of the points are seen, and how many of them are still going on. */
export function countPoints(layer: PointLayer, points: PointSet): { seen: number; open: number } {
  let seen = 0;
  let open = 0;
  for (const status of statusesOf(points)) {
    if (hiddenStatuses[layer].includes(status)) continue;
    seen += 1;
    if (openStatuses[layer].includes(status)) open += 1;
  }
  return { seen, open };
}

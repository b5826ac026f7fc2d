import { pointCategories, pointStatuses } from '#contracts/points.ts';
import type { Steps } from './z-order.ts';

export type PointLayer = keyof typeof pointCategories;
export const pointLayers = Object.keys(pointCategories) as PointLayer[];

/** An entity as a point tile needs it. */
export interface PointState {
  entity: string;
  at: Steps | null;
  /** Local day, or null when only the instant is known. */
  day: string | null;
  happenedAt: string | null;
  /** Index in pointCategories / pointStatuses of the layer. */
  category: number;
  status: number;
  /** Day from which the status holds; null: the newest word counts. */
  statusSince: string | null;
  firstSequence: number;
  sequence: number;
  /** Digests of the changes that had their effect. */
  applied: string[];
}

/** Statuses of entities that turned out to be nothing, or another: they are in no count. */
const gone: Record<PointLayer, string[]> = {
  cases: ['not-a-case'],
  violations: ['dismissed', 'merged'],
  businesses: [],
};

/** Whether the entity counts in a grid cell. */
export function isStanding(layer: PointLayer, status: number): boolean {
  return !gone[layer].includes((pointStatuses[layer] as readonly string[])[status] ?? '');
}

/** Index of a name; a name that the list does not know is its last, most general one for categories. */
export function categoryOf(layer: PointLayer, name: string): number {
  const names = pointCategories[layer] as readonly string[];
  const index = names.indexOf(name);
  return index >= 0 ? index : names.length - 1;
}

export function statusOf(layer: PointLayer, name: string): number | undefined {
  const index = (pointStatuses[layer] as readonly string[]).indexOf(name);
  return index >= 0 ? index : undefined;
}

import { businesses } from './events/economy/feeds.ts';
import { cases } from './events/epidemic/feeds.ts';
import { violations } from './events/urban-order/feeds.ts';

export { bytesPerPoint, clockShift, type Points, pointClocks, pointsMediaType, swapPoints } from './point-format.ts';

/** Lists behind the indexes in `category` and `status`, by feed. Order is part of the format: append only. */
export const pointCategories = {
  cases: cases.points.categories,
  violations: violations.points.categories,
  businesses: businesses.points.categories,
} as const;

export const pointStatuses = {
  cases: cases.points.statuses,
  violations: violations.points.statuses,
  businesses: businesses.points.statuses,
} as const;

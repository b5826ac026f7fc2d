/**
 * Many points in few bytes: `application/vnd.vungxanh.points`, records of 16 bytes, little-endian, no header.
 *
 * | offset | type | meaning |
 * | --- | --- | --- |
 * | 0 | float32 | longitude, degrees WGS84 (error below 0.5 m) |
 * | 4 | float32 | latitude |
 * | 8 | uint32 | journal sequence of the entity's first event: names it (`?firstSequence=`) |
 * | 12 | uint16 | day of the event, days since 1970-01-01 |
 * | 14 | uint8 | category: index in the layer's list; asked for with `clock=true`, the two highest bits are an index in `pointClocks` |
 * | 15 | uint8 | status: index in the layer's list |
 */
export const pointsMediaType = 'application/vnd.vungxanh.points';
export const bytesPerPoint = 16;

/** What is asked of somebody: nothing, or it is new, due within a day, overdue. Order is part of the format. */
export const pointClocks = ['none', 'new', 'due', 'late'] as const;
export type PointClock = (typeof pointClocks)[number];
/** Of the category's byte: where the clock begins, and what is left for the category. */
export const clockShift = 6;
export const categoryMask = (1 << clockShift) - 1;

export interface Points {
  count: number;
  /** [lon, lat] pairs interleaved with the rest: stride 16 bytes, so a GPU buffer can take the response as it is. */
  bytes: ArrayBuffer;
}

/** In place: PostgreSQL sends big-endian words, browsers read little-endian ones. */
export function swapPoints(records: Buffer): Buffer {
  return records.swap32();
}

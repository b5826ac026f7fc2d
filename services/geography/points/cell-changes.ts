import { mostCategories } from '#contracts/feeds.ts';
import { isStanding, type PointState } from './point-state.ts';
import { cellZoom, orderBits, zOrderOf } from './z-order.ts';

/** Columns count_0 … of geography.point_cells: as many as a feed may have categories. */
export const cellColumns = mostCategories;

/** How much the counts of cells change: cell → change by category. */
export class CellChanges {
  private readonly changes = new Map<number, Int32Array>();

  /** Counts what an entity was no longer, and what it is from now on. */
  moved(layer: string, before: PointState | undefined, after: PointState): void {
    if (before) this.add(layer, before, -1);
    this.add(layer, after, 1);
  }

  /** Counts what an entity is no more. */
  gone(layer: string, before: PointState): void {
    this.add(layer, before, -1);
  }

  /** Cells whose counts are other than before, with one array for each category. */
  columns(): { cells: number[]; counts: number[][] } {
    const kept = [...this.changes].filter(([, change]) => change.some((count) => count !== 0));
    return {
      cells: kept.map(([cell]) => cell),
      counts: Array.from({ length: cellColumns }, (_, category) => kept.map(([, change]) => change[category]!)),
    };
  }

  private add(layer: string, point: PointState, amount: number): void {
    if (!point.at || !isStanding(layer, point.status)) return;
    const cell = Math.floor(zOrderOf(point.at) / 4 ** (orderBits - cellZoom));
    let change = this.changes.get(cell);
    if (!change) {
      change = new Int32Array(cellColumns);
      this.changes.set(cell, change);
    }
    change[point.category]! += amount;
  }
}

import { definitionOf } from '#contracts/catalogue.ts';
import type { LiveFigure, LiveItem } from '#contracts/live.ts';

/**
 * What a slow client still has to be told, folded by entity: memory is bounded by the number of entities, not by the number of events.
 * The item of an entity carries the newest values of every event it stands for; position and area of an earlier event are kept when a later
 * one does not bring them.
 */
export class Backlog {
  private readonly items = new Map<string, LiveItem>();
  private readonly figures = new Map<string, LiveFigure>();
  throughSequence = 0;

  get size(): number {
    return this.items.size + this.figures.size;
  }

  add(items: LiveItem[], figures: LiveFigure[], throughSequence: number): void {
    for (const item of items) {
      const key = `${item.layer} ${item.entity}`;
      const before = this.items.get(key);
      if (!before) {
        this.items.set(key, item);
        continue;
      }
      // Deleted first, so that the order stays the order of the newest events.
      this.items.delete(key);
      this.items.set(key, foldItem(before, item));
    }
    for (const figure of figures) this.figures.set(`${figure.areaId} ${figure.formula}`, figure);
    this.throughSequence = Math.max(this.throughSequence, throughSequence);
  }

  /** Everything that waited, emptied. */
  take(): { items: LiveItem[]; figures: LiveFigure[]; throughSequence: number } {
    const taken = {
      items: [...this.items.values()],
      figures: [...this.figures.values()],
      throughSequence: this.throughSequence,
    };
    this.items.clear();
    this.figures.clear();
    return taken;
  }
}

/** Two items of one entity as one: how many events it stands for, from which sequence on, and the newest of everything. */
export function foldItem(before: LiveItem, after: LiveItem): LiveItem {
  return {
    ...before,
    ...after,
    // A status change carries no category: what the first event said is still so.
    type: definitionOf(before.type)?.point?.born ? before.type : after.type,
    values: { ...before.values, ...after.values },
    standsFor: (before.standsFor ?? 1) + (after.standsFor ?? 1),
    fromSequence: before.fromSequence ?? before.sequence,
  };
}

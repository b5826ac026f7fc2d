import type { CloudEvent } from '#contracts/cloud-event.ts';
import { type PointFeed, pointFeeds } from '#contracts/feeds.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { Entry, Projection } from '#platform/projection.ts';
import { CellChanges } from '../points/cell-changes.ts';
import { entityOf, evolvePoint, isBirth, removesPoint } from '../points/evolve.ts';
import type { PointState } from '../points/point-state.ts';
import { changeCells, insertPoints, readPoints, updatePoints } from '../points/write-points.ts';

export const pointProjectionName = (layer: string) => `points-${layer}`;

/** Points of one layer, and how many of them each grid cell holds: what tiles are made of. */
function pointsProjection(
  { name: layer, points: { service, noun } }: PointFeed,
  removed: () => void,
): Projection<CloudEvent> {
  let heardOfRemoval = false;
  return {
    name: pointProjectionName(layer),
    schema: 'geography',
    filter: (district) => `vx.${district}.${service}.${noun}.>`,
    read: readEvent,
    // Tiles come after figures and lists when a flood comes in.
    restWhileMoreWaits: 4,
    apply: async (transaction, district, entries) => {
      const byEntity = groupByEntity(entries);
      const changed: PointState[] = [];
      const cells = new CellChanges();
      const fold = (own: Entry<CloudEvent>[], before: PointState | undefined) =>
        own.reduce<PointState | undefined>((state, entry) => evolvePoint(layer, state, entry), before);
      /** Those that are there already: read, changed, and written at the end. */
      const change = async (there: string[]) => {
        if (there.length === 0) return;
        const known = await readPoints(transaction, district, layer, there);
        for (const entity of there) {
          const before = known.get(entity);
          const after = fold(byEntity.get(entity)!, before);
          if (!after || after === before) continue;
          if (!before) fresh.push(after);
          else {
            changed.push(after);
            cells.moved(layer, before, after);
          }
        }
      };
      const fresh: PointState[] = [];
      // A newly told entity is nearly always new: it is inserted without asking. Only what changes is read first.
      const isBorn = ([, own]: [string, Entry<CloudEvent>[]]) => own.every(({ event }) => isBirth(event.type));
      await change([...byEntity].flatMap((one) => (isBorn(one) ? [] : [one[0]])));
      for (const one of byEntity) if (isBorn(one)) fresh.push(fold(one[1], undefined)!);
      if (fresh.length) {
        const inserted = await insertPoints(transaction, district, layer, fresh);
        for (const point of fresh) if (inserted.has(point.entity)) cells.moved(layer, undefined, point);
        await change(fresh.flatMap(({ entity }) => (inserted.has(entity) ? [] : [entity])));
      }
      if (changed.length) await updatePoints(transaction, district, layer, changed);
      await changeCells(transaction, district, layer, cells);
      heardOfRemoval ||= entries.some(({ event }) => removesPoint(event));
    },
    committed: () => {
      if (heardOfRemoval) removed();
      heardOfRemoval = false;
    },
    forgetSubject: async (transaction, district, subject) => {
      const entity = subject.split('.').at(-1)!;
      const cells = new CellChanges();
      for (const point of (await readPoints(transaction, district, layer, [entity])).values()) cells.gone(layer, point);
      await changeCells(transaction, district, layer, cells);
      await transaction.query('DELETE FROM geography.points WHERE district = $1 AND layer = $2 AND entity = $3', [
        district,
        layer,
        entity,
      ]);
      return [subject];
    },
    forget: async (transaction, district) => {
      for (const table of ['points', 'point_cells'])
        await transaction.query(`DELETE FROM geography.${table} WHERE district = $1 AND layer = $2`, [district, layer]);
    },
  };
}

function groupByEntity(entries: Entry<CloudEvent>[]): Map<string, Entry<CloudEvent>[]> {
  const byEntity = new Map<string, Entry<CloudEvent>[]>();
  for (const entry of entries) {
    const entity = entityOf(entry.event);
    if (entity === undefined) continue;
    const own = byEntity.get(entity);
    if (own) own.push(entry);
    else byEntity.set(entity, [entry]);
  }
  return byEntity;
}

/**
 * One projection a layer, because the broker filters a reader by one subject: doses and counts are never read here.
 *
 * @param removed is called when the point of somebody who was removed was written: where it was may still stand in the files of the table
 */
export const pointProjections = (removed: () => void = () => {}) =>
  pointFeeds().map((feed) => pointsProjection(feed, removed));

import type { CloudEvent } from '#contracts/cloud-event.ts';
import { type PointFeed, pointFeeds } from '#contracts/feeds.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { Entry, Projection } from '#platform/projection.ts';
import { CellChanges } from '../points/cell-changes.ts';
import { entityOf, evolvePoint, isBirth } from '../points/evolve.ts';
import type { PointState } from '../points/point-state.ts';
import { changeCells, insertPoints, readPoints, updatePoints } from '../points/write-points.ts';

export const pointProjectionName = (layer: string) => `points-${layer}`;

/** Points of one layer, and how many of them each grid cell holds: what tiles are made of. */
function pointsProjection({ name: layer, points: { service, noun } }: PointFeed): Projection<CloudEvent> {
  return {
    name: pointProjectionName(layer),
    schema: 'geography',
    filter: (district) => `vx.${district}.${service}.${noun}.>`,
    read: readEvent,
    // Tiles come after figures and lists when a flood comes in.
    restWhenBehind: 1,
    apply: async (transaction, district, entries) => {
      const byEntity = groupByEntity(entries);
      // A newly told entity is nearly always new: it is inserted without asking. Only what changes is read first.
      const changing = [...byEntity].filter(([, own]) => own.some(({ event }) => !isBirth(event.type)));
      const known = changing.length
        ? await readPoints(
            transaction,
            district,
            layer,
            changing.map(([entity]) => entity),
          )
        : new Map<string, PointState>();
      const born: PointState[] = [];
      const changed: PointState[] = [];
      const cells = new CellChanges();
      for (const [entity, own] of byEntity) {
        const before = known.get(entity);
        const after = own.reduce<PointState | undefined>((state, entry) => evolvePoint(layer, state, entry), before);
        if (!after || after === before) continue;
        if (!before) born.push(after);
        else {
          changed.push(after);
          cells.moved(layer, before, after);
        }
      }
      if (born.length) {
        const inserted = await insertPoints(transaction, district, layer, born);
        for (const point of born) if (inserted.has(point.entity)) cells.moved(layer, undefined, point);
      }
      if (changed.length) await updatePoints(transaction, district, layer, changed);
      await changeCells(transaction, district, layer, cells);
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

/** One projection a layer, because the broker filters a reader by one subject: doses and counts are never read here. */
export const pointProjections = () => pointFeeds().map(pointsProjection);

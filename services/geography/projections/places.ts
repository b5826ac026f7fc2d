import type { EventData, EventType } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { CommitListener, Entry, Projection } from '#platform/projection.ts';
import { inRounds, takeUnapplied } from './applied-events.ts';
import { writeSuccessors } from './area-successors.ts';
import { writeAreaVersions } from './area-versions.ts';
import { assertNoCircle, parentsAmong, stretchesOf } from './circles.ts';
import { writeDistrict } from './districts.ts';
import { writeMapFeatures } from './map-features.ts';
import { writePopulation } from './population-versions.ts';

const tables = [
  'districts',
  'area_versions',
  'area_ends',
  'area_successors',
  'population_versions',
  'map_features',
  'applied_events',
];

/** Everything that geography itself says: districts, areas, denominators, map features. */
export function placesProjection({ committed }: { committed?: CommitListener }): Projection<CloudEvent> {
  return {
    name: 'places',
    schema: 'geography',
    rebuiltFirst: true,
    filter: (district) => `vx.${district}.geography.>`,
    read: readEvent,
    apply: async (transaction, district, entries) => {
      const fresh = await takeUnapplied(transaction, district, entries);
      for (const entry of ofType(fresh, 'district-registered')) await writeDistrict(transaction, district, entry);
      await writeAreas(transaction, district, ofType(fresh, 'area-revised'));
      await writeSuccessors(transaction, district, ofType(fresh, 'area-revised'));
      const figures = ofType(fresh, 'population-published');
      if (figures.length) await writePopulation(transaction, district, figures);
      for (const round of inRounds(ofType(fresh, 'map-feature-revised'), (entry) => entry.event.data.featureId))
        await writeMapFeatures(transaction, district, round);
      // Areas whose outline, name or denominator is new.
      return [...ofType(fresh, 'area-revised'), ...figures].map((entry) => entry.event.data.areaId);
    },
    forget: async (transaction, district) => {
      for (const table of tables)
        await transaction.query(`DELETE FROM geography.${table} WHERE district = $1`, [district]);
    },
    committed,
  };
}

/** @throws Error when an area would be above itself */
async function writeAreas(
  transaction: Transaction,
  district: string,
  revisions: Entry<CloudEvent<EventData<'area-revised'>>>[],
): Promise<void> {
  if (revisions.length === 0) return;
  const areaOf = (entry: (typeof revisions)[number]) => entry.event.data.areaId;
  const parents = await parentsAmong(transaction, district, revisions.map(areaOf));
  for (const stretch of stretchesOf(revisions, parents)) {
    for (const round of inRounds(stretch, areaOf)) await writeAreaVersions(transaction, district, round);
    // A longer stretch is of areas that nobody names.
    if (stretch.length === 1) await assertNoCircle(transaction, district, areaOf(stretch[0]!));
  }
}

function ofType<Type extends EventType>(entries: Entry<CloudEvent>[], type: Type) {
  return entries.filter((entry): entry is Entry<CloudEvent<EventData<Type>>> => entry.event.type === type);
}

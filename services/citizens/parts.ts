import type { KeptEntity } from '#lifecycle/entity/reads.ts';
import { findEntity } from '#lifecycle/entity/reads.ts';
import type { EntityState } from '#lifecycle/entity/state.ts';
import { readCurrent, readVersioned } from '#lifecycle/read-rows.ts';
import type { CommandParts } from '#lifecycle/run-command.ts';
import type { Versioned } from '#platform/command.ts';
import type { PhotoStore } from './photos/store.ts';
import type { RateCounter } from './rate-limit.ts';

/** What the routes of this service are built from. */
export interface CitizenParts extends CommandParts {
  kept: KeptEntity;
  photos: PhotoStore;
  rates: RateCounter;
}

/** A report as a command sees it. */
export const readReport = (
  { database, kept: { tables } }: Pick<CitizenParts, 'database' | 'kept'>,
  district: string,
  reportId: string,
): Promise<Versioned<EntityState> | undefined> =>
  readVersioned(database, tables, district, reportId, async () =>
    (await readCurrent(database, tables, district, [reportId])).get(reportId),
  );

/** A report as it is shown, known now. */
export const viewReport = async (
  { database, kept, now }: Pick<CitizenParts, 'database' | 'kept' | 'now'>,
  district: string,
  reportId: string,
) => findEntity(database, kept, await kept.momentOf(database, district, undefined, now()), reportId);

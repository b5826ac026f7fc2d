import { readEvent } from '#contracts/read-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { CommitListener, Entry, Projection } from '#platform/projection.ts';
import { writeCapacity } from './capacity/projection.ts';
import type { CapacityEvent } from './capacity/report.ts';
import type { CaseEvent } from './cases/evolve.ts';
import { writeCases } from './cases/projection.ts';
import { type CountEvent, writeCounts } from './counts/projection.ts';
import { writeFeeds } from './feeds.ts';
import {
  type DoseEvent,
  type VaccinatedRemovedEvent,
  type VaccinationCountEvent,
  writeDoses,
  writeVaccinationCounts,
} from './vaccination/projection.ts';

type EpidemicEvent =
  | CaseEvent
  | CountEvent
  | DoseEvent
  | VaccinatedRemovedEvent
  | VaccinationCountEvent
  | CapacityEvent;

interface Writer {
  /** Which events are its own. */
  types: readonly EpidemicEvent['type'][];
  /** Writes its own of a batch, in journal order. */
  write(
    transaction: Transaction,
    district: string,
    entries: { sequence: number; event: EpidemicEvent }[],
  ): Promise<void>;
}

const writers: readonly Writer[] = [
  { types: ['case-confirmed', 'case-status-changed', 'case-corrected', 'person-removed'], write: writeCases },
  { types: ['case-count-published'], write: writeCounts },
  { types: ['dose-administered', 'vaccinated-person-removed'], write: writeDoses },
  { types: ['vaccination-count-published'], write: writeVaccinationCounts },
  { types: ['capacity-reported'], write: writeCapacity },
];

/** Tables of the projection. */
export const tables = [
  'case_versions',
  'case_waiting',
  'count_versions',
  'doses',
  'vaccination_versions',
  'repeated_totals',
  'capacity_versions',
  'feeds',
];

/** What is kept of the facts on a subject, by its noun. */
const rowsOf: Record<string, { tables: string[]; key: string }> = {
  case: { tables: ['case_versions', 'case_waiting'], key: 'case_id' },
  count: { tables: ['count_versions'], key: 'area_id' },
  vaccination: { tables: ['vaccination_versions'], key: 'area_id' },
  facility: { tables: ['capacity_versions'], key: 'facility_id' },
};

/**
 * Journal → the schema epidemic.
 *
 * @param removed is called when rows of somebody who was removed were written: what they were may still stand in the files of the tables
 */
export function epidemicProjection(
  committed?: CommitListener,
  removed: () => void = () => {},
): Projection<EpidemicEvent> {
  let heardOfRemoval = false;
  return {
    name: 'epidemic',
    schema: 'epidemic',
    filter: (district) => `vx.${district}.epidemic.>`,
    read: readEvent,
    apply: async (transaction, district, entries) => {
      const byWriter = new Map<Writer, Entry<EpidemicEvent>[]>();
      for (const entry of entries) {
        const writer = writers.find(({ types }) => types.includes(entry.event.type));
        if (!writer) throw new Error(`no writer for ${entry.event.type}`);
        const own = byWriter.get(writer);
        if (own) own.push(entry);
        else byWriter.set(writer, [entry]);
      }
      for (const [writer, own] of byWriter) await writer.write(transaction, district, own);
      await writeFeeds(transaction, district, entries);
      heardOfRemoval ||= entries.some(
        ({ event: { type } }) => type === 'person-removed' || type === 'vaccinated-person-removed',
      );
      return entries.flatMap(({ event }) => ('areaId' in event.data ? (event.data.areaId ?? []) : []));
    },
    forget: async (transaction, district) => {
      for (const table of tables)
        await transaction.query(`DELETE FROM epidemic.${table} WHERE district = $1`, [district]);
    },
    forgetSubject: async (transaction, district, subject) => {
      const [noun, key] = subject.split('.').slice(3);
      const rows = rowsOf[noun!];
      // A dose is the first report of it, whatever else stands on the subject.
      if (!rows) return undefined;
      for (const table of rows.tables)
        await transaction.query(`DELETE FROM epidemic.${table} WHERE district = $1 AND ${rows.key} = $2`, [
          district,
          key,
        ]);
      return [subject];
    },
    committed: (...commit) => {
      if (heardOfRemoval) removed();
      heardOfRemoval = false;
      committed?.(...commit);
    },
  };
}

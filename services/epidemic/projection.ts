import type { CloudEvent } from '#contracts/cloud-event.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { Entry, Projection } from '#platform/projection.ts';
import { writeCapacity } from './capacity/projection.ts';
import { writeCases } from './cases/projection.ts';
import { writeCounts } from './counts/projection.ts';
import { writeFeeds } from './feeds.ts';
import { writeDoses, writeVaccinationCounts } from './vaccination/projection.ts';

type Writer = (
  transaction: Transaction,
  district: string,
  entries: { sequence: number; event: never }[],
) => Promise<void>;

/** Which writer takes which events; each gets its own of a batch, in journal order. */
const writers: { types: string[]; write: Writer }[] = [
  { types: ['case-confirmed', 'case-status-changed', 'case-corrected'], write: writeCases as Writer },
  { types: ['case-count-published'], write: writeCounts as Writer },
  { types: ['dose-administered'], write: writeDoses as Writer },
  { types: ['vaccination-count-published'], write: writeVaccinationCounts as Writer },
  { types: ['capacity-reported'], write: writeCapacity as Writer },
];

/** Tables of the projection. */
export const tables = [
  'case_versions',
  'count_versions',
  'doses',
  'vaccination_versions',
  'capacity_versions',
  'feeds',
];

/** Journal → the schema epidemic. */
export function epidemicProjection(committed?: Projection<CloudEvent>['committed']): Projection<CloudEvent> {
  return {
    name: 'epidemic',
    schema: 'epidemic',
    filter: (district) => `vx.${district}.epidemic.>`,
    read: readEvent,
    apply: async (transaction, district, entries) => {
      const byWriter = new Map<Writer, Entry<CloudEvent>[]>();
      for (const entry of entries) {
        const writer = writers.find(({ types }) => types.includes(entry.event.type));
        if (!writer) throw new Error(`no writer for ${entry.event.type}`);
        const own = byWriter.get(writer.write);
        if (own) own.push(entry);
        else byWriter.set(writer.write, [entry]);
      }
      for (const [write, own] of byWriter) await write(transaction, district, own as never);
      await writeFeeds(transaction, district, entries);
    },
    forget: async (transaction, district) => {
      for (const table of tables)
        await transaction.query(`DELETE FROM epidemic.${table} WHERE district = $1`, [district]);
    },
    committed,
  };
}

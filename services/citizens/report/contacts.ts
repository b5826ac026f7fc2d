import type { z } from '@hono/zod-openapi';
import { readEvent } from '#contracts/read-event.ts';
import type { EntityEvent } from '#lifecycle/entity/state.ts';
import type { Database, Transaction } from '#platform/database.ts';
import type { Entry, Projection } from '#platform/projection.ts';
import type { ReportContact } from './contact-given.ts';
import { reportReceived, wordsOfReporter } from './report.ts';
import type { reporterRemoved } from './reporter-removed.ts';

type ContactEvent = { type: 'report-contact-given'; data: ReportContact } | { type: 'reporter-removed'; data: Removal };
type Removal = z.infer<typeof reporterRemoved.schema>;

/** As the rows of a report have them. */
const wordColumns = ['description', 'address', 'photos', 'media_url', 'attributes'];

/** Held by who writes reports, shared, and by who removes a reporter, alone: else words could be written that neither sees to be of somebody who was removed. */
const lockOfWords = `hashtext('words of reporters:' || $1)`;
const whileNoReportIsWritten = (transaction: Transaction, district: string) =>
  transaction.query(`SELECT pg_advisory_xact_lock(${lockOfWords})`, [district]);

/**
 * The projection of reports, which writes no words of a reporter who was removed, whichever of the two projections is ahead. Where they stand sealed they end with his key;
 * this is for those that were journalled before (2026-12-01), and comes before the rows, so that the files of the tables never have them.
 */
export const withoutWordsOfRemoved = (reports: Projection<EntityEvent>): Projection<EntityEvent> => ({
  ...reports,
  apply: async (transaction, district, entries) => {
    const isReceived = ({ event: { type } }: Entry<EntityEvent>) => type === reportReceived.type;
    const idOf = ({ event: { data } }: Entry<EntityEvent>) => String(data.reportId);
    const received = entries.filter(isReceived).map(idOf);
    // For every batch: a step writes the words of before again.
    await transaction.query(`SELECT pg_advisory_xact_lock_shared(${lockOfWords})`, [district]);
    const { rows } = await transaction.query<{ report_id: string }>(
      'SELECT report_id FROM citizens.report_contacts WHERE district = $1 AND removed AND report_id = ANY ($2::text[])',
      [district, received],
    );
    const removed = new Set(rows.map((row) => row.report_id));
    return reports.apply(
      transaction,
      district,
      entries.map((entry) => (isReceived(entry) && removed.has(idOf(entry)) ? withoutWords(entry) : entry)),
    );
  },
});

/** Pure. */
const withoutWords = (entry: Entry<EntityEvent>): Entry<EntityEvent> => {
  const data = { ...entry.event.data };
  for (const field of wordsOfReporter) delete data[field];
  return { ...entry, event: { ...entry.event, data } };
};

/**
 * Reporters, the last that was said of each report. A removal takes his words out of the rows of the report too: in the journal they end with his key.
 *
 * @param removed is called when the row of somebody who was removed was written: what he was may still stand in the file of the table
 */
export const contactProjection = (removed: () => void = () => {}): Projection<ContactEvent> => ({
  name: 'citizens-contacts',
  schema: 'citizens',
  filter: (district) => `vx.${district}.citizens.contact.>`,
  read: readEvent,
  apply: async (transaction, district, entries) => {
    for (const { sequence, event } of entries) {
      if (event.type === 'reporter-removed') {
        await whileNoReportIsWritten(transaction, district);
        await transaction.query(
          `INSERT INTO citizens.report_contacts (district, report_id, removed, sequence) VALUES ($1, $2, true, $3)
           ON CONFLICT (district, report_id) DO UPDATE SET name = NULL, phone = NULL, email = NULL, device_id = NULL, account_id = NULL, removed = true, sequence = $3`,
          [district, event.data.reportId, sequence],
        );
        await transaction.query(
          `UPDATE citizens.report_versions SET ${wordColumns.map((column) => `${column} = NULL`).join(', ')} WHERE district = $1 AND report_id = $2`,
          [district, event.data.reportId],
        );
        await transaction.query(
          'UPDATE citizens.report_events SET data = data - $3::text[] WHERE district = $1 AND report_id = $2 AND type = $4',
          [district, event.data.reportId, wordsOfReporter, reportReceived.type],
        );
        removed();
        continue;
      }
      const { reportId, secretHash, name, phone, email, deviceId, accountId } = event.data;
      await transaction.query(
        `INSERT INTO citizens.report_contacts (district, report_id, secret_hash, name, phone, email, device_id, account_id, sequence)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (district, report_id) DO UPDATE SET secret_hash = excluded.secret_hash, sequence = excluded.sequence, ${[
           'name',
           'phone',
           'email',
           'device_id',
           'account_id',
         ]
           .map((column) => `${column} = CASE WHEN report_contacts.removed THEN NULL ELSE excluded.${column} END`)
           .join(', ')}`,
        [district, reportId, secretHash, name, phone, email, deviceId, accountId, sequence].map((one) => one ?? null),
      );
    }
    return undefined;
  },
  forget: async (transaction, district) => {
    await transaction.query('DELETE FROM citizens.report_contacts WHERE district = $1', [district]);
  },
});

/** Who sent a report, as far as he said it; undefined: nothing is known. */
export async function contactOf(
  database: Database,
  district: string,
  reportId: string,
): Promise<(Omit<ReportContact, 'reportId'> & { sequence: number }) | undefined> {
  const { rows } = await database.query<Record<string, string | null> & { sequence: number }>(
    `SELECT secret_hash AS "secretHash", name, phone, email, device_id AS "deviceId", account_id AS "accountId", sequence
     FROM citizens.report_contacts WHERE district = $1 AND report_id = $2`,
    [district, reportId],
  );
  const [row] = rows;
  if (!row) return undefined;
  const said = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  return { ...said, sequence: row.sequence };
}

/** Answered reports of which nothing was said after a day, and which still say who sent them, or in whose words. */
export async function reportersOver(
  database: Database,
  district: string,
  { lastDay, timeZone, most }: { lastDay: string; timeZone: string; most: number },
): Promise<string[]> {
  const { rows } = await database.query<{ report_id: string }>(
    `SELECT v.report_id FROM citizens.report_versions v LEFT JOIN citizens.report_contacts c USING (district, report_id)
     WHERE v.district = $1 AND v.known_until = 'infinity' AND v.reported AND v.status = 'closed' AND (v.known_at AT TIME ZONE $3)::date <= $2::date
       AND (num_nonnulls(c.name, c.phone, c.email, c.device_id, c.account_id) > 0 OR EXISTS (
         SELECT FROM citizens.report_versions w WHERE w.district = v.district AND w.report_id = v.report_id
           AND num_nonnulls(${wordColumns.map((column) => `w.${column}`).join(', ')}) > 0))
     ORDER BY v.known_at, v.report_id LIMIT $4`,
    [district, lastDay, timeZone, most],
  );
  return rows.map((row) => row.report_id);
}

/** Reports whose reporter was removed. */
export async function removedReporters(database: Database, district: string): Promise<string[]> {
  const { rows } = await database.query<{ report_id: string }>(
    'SELECT report_id FROM citizens.report_contacts WHERE district = $1 AND removed',
    [district],
  );
  return rows.map((row) => row.report_id);
}

/** What the rows of a report still have of its reporter's words, and the pictures that no other report of the district shows; undefined: there is no such report. */
export async function wordsLeft(
  database: Database,
  district: string,
  reportId: string,
): Promise<{ isLeft: boolean; ownPhotos: string[] } | undefined> {
  const { rows } = await database.query<{ isLeft: boolean; photos: string | null }>(
    `SELECT bool_or(num_nonnulls(${wordColumns.join(', ')}) > 0) AS "isLeft", string_agg(photos, ',') AS photos
     FROM citizens.report_versions WHERE district = $1 AND report_id = $2 HAVING count(*) > 0`,
    [district, reportId],
  );
  const [row] = rows;
  if (!row) return undefined;
  const hashes = [...new Set(row.photos?.split(',') ?? [])];
  const { rows: shared } = await database.query<{ hash: string }>(
    `SELECT hash FROM unnest($3::text[]) AS hash
     WHERE EXISTS (SELECT FROM citizens.report_versions WHERE district = $1 AND report_id <> $2 AND hash = ANY (string_to_array(photos, ',')))`,
    [district, reportId, hashes],
  );
  const elsewhere = new Set(shared.map(({ hash }) => hash));
  return { isLeft: row.isLeft, ownPhotos: hashes.filter((hash) => !elsewhere.has(hash)) };
}

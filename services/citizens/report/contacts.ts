import type { z } from '@hono/zod-openapi';
import { readEvent } from '#contracts/read-event.ts';
import type { Database } from '#platform/database.ts';
import type { Projection } from '#platform/projection.ts';
import type { ReportContact } from './contact-given.ts';
import { reportReceived, wordsOfReporter } from './report.ts';
import type { reporterRemoved } from './reporter-removed.ts';

type ContactEvent = { type: 'report-contact-given'; data: ReportContact } | { type: 'reporter-removed'; data: Removal };
type Removal = z.infer<typeof reporterRemoved.schema>;

/** As the rows of a report have them. */
const wordColumns = ['description', 'address', 'photos', 'media_url', 'attributes'];

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
        await transaction.query(
          `UPDATE citizens.report_contacts SET name = NULL, phone = NULL, email = NULL, device_id = NULL, account_id = NULL, sequence = $3
           WHERE district = $1 AND report_id = $2`,
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
         ON CONFLICT (district, report_id) DO UPDATE SET secret_hash = excluded.secret_hash, name = excluded.name, phone = excluded.phone, email = excluded.email,
           device_id = excluded.device_id, account_id = excluded.account_id, sequence = excluded.sequence`,
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

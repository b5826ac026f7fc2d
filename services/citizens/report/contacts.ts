import type { z } from '@hono/zod-openapi';
import { readEvent } from '#contracts/read-event.ts';
import type { Database } from '#platform/database.ts';
import type { Projection } from '#platform/projection.ts';
import type { ReportContact } from './contact-given.ts';
import type { reporterRemoved } from './reporter-removed.ts';

type ContactEvent = { type: 'report-contact-given'; data: ReportContact } | { type: 'reporter-removed'; data: Removal };
type Removal = z.infer<typeof reporterRemoved.schema>;

/**
 * Reporters, the last that was said of each report.
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

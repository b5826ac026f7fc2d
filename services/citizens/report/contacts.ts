import { readEvent } from '#contracts/read-event.ts';
import type { Database } from '#platform/database.ts';
import type { Projection } from '#platform/projection.ts';
import type { ReportContact } from './contact-given.ts';

/** Reporters, the last that was said of each report. */
export const contactProjection: Projection<{ data: ReportContact }> = {
  name: 'citizens-contacts',
  schema: 'citizens',
  filter: (district) => `vx.${district}.citizens.contact.>`,
  read: readEvent,
  apply: async (transaction, district, entries) => {
    for (const { sequence, event } of entries) {
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
};

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

import type { Database } from '#platform/database.ts';
import { knownSql, Parameters } from '../../district/conditions.ts';
import type { Moment } from '../../district/moment.ts';

/** Status over time as known at the moment, and the events from which it follows. */
export async function historyOf(database: Database, moment: Moment, businessId: string) {
  const parameters = new Parameters();
  const spans = await database.query<{
    from_day: string;
    until_day: string;
    status: string;
    licensed_until: string | null;
  }>(
    `SELECT from_day, until_day, status, licensed_until FROM economy.status_spans s
     WHERE s.district = ${parameters.add(moment.district)} AND s.business_id = ${parameters.add(businessId)} AND ${knownSql('s', moment, parameters)} ORDER BY from_day`,
    parameters.values,
  );
  const events = await database.query<{
    type: string;
    known_at: Date;
    sequence: number;
    data: Record<string, unknown>;
  }>(
    `SELECT type, known_at, sequence, data FROM economy.business_events
     WHERE district = $1 AND business_id = $2 AND known_at <= COALESCE($3::timestamptz, 'infinity') ORDER BY sequence`,
    [moment.district, businessId, moment.asOf ?? null],
  );
  return {
    spans: spans.rows.map((row) => ({
      from: row.from_day,
      until: row.until_day === 'infinity' ? null : row.until_day,
      status: row.status,
      licensedUntil: row.licensed_until,
    })),
    history: events.rows.map((row) => ({
      type: row.type,
      knownAt: row.known_at.toISOString(),
      sequence: row.sequence,
      data: row.data,
    })),
  };
}

import type { EventData } from '#contracts/catalogue.ts';
import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';

export type RaisedCluster = EventData<'cluster-detected'> & { knownAt: string };

/** Clusters raised in the last days up to the moment, newest first, as known at `asOf`. */
export async function readClusterAlerts(
  database: Database,
  { district, day, asOf }: Moment,
  days: number,
): Promise<RaisedCluster[]> {
  const { rows } = await database.query<{ data: EventData<'cluster-detected'>; known_at: Date }>(
    `SELECT data, known_at FROM ml.cluster_alerts
     WHERE district = $1 AND raised_date > $2::date - $3::int AND raised_date <= $2::date AND known_at <= coalesce($4::timestamptz, 'infinity')
     ORDER BY known_at DESC, sequence DESC`,
    [district, day, days, asOf ?? null],
  );
  return rows.map(({ data, known_at }) => ({ ...data, knownAt: known_at.toISOString() }));
}

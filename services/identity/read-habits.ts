import type { Reads } from '#platform/database.ts';
import type { HourOfReading, LooksAtOne } from './unusual-reading.ts';

/** Days before the listed ones that say what is usual for somebody. */
const habitDays = 60;

/**
 * What each person read by the hour, from the ledger.
 *
 * @param since begin of what is asked about; habits reach sixty days further back @param timeZone of the night's hours
 */
export async function readHabits(
  database: Reads,
  since: Date,
  timeZone: string,
): Promise<{ hours: HourOfReading[]; ones: LooksAtOne[] }> {
  const from = new Date(since.getTime() - habitDays * 86_400_000).toISOString();
  const people = `content ->> 'dataClass' = 'person' AND content ->> 'method' = 'GET' AND content ->> 'at' >= $1
    AND content ->> 'actor' LIKE 'user:%' AND content ->> 'action' NOT IN ('account.manage', 'import.read')`;
  const { rows: hours } = await database.query<HourOfReading>(
    `SELECT content ->> 'actor' AS actor, to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS hour,
       extract(hour FROM hour AT TIME ZONE $2)::int AS "localHour",
       count(DISTINCT person)::int AS persons,
       count(DISTINCT sequence) FILTER (WHERE content ->> 'status' = '403')::int AS refusals
     FROM audit.entries
     CROSS JOIN LATERAL (SELECT date_trunc('hour', (content ->> 'at')::timestamptz) AS hour) AS hours
     LEFT JOIN LATERAL (SELECT value AS person FROM jsonb_array_elements_text(content -> 'persons') WHERE content ->> 'status' <> '403') AS shown ON true
     WHERE ${people} GROUP BY 1, hours.hour`,
    [from, timeZone],
  );
  const { rows: ones } = await database.query<LooksAtOne>(
    `SELECT content ->> 'actor' AS actor, to_char(((content ->> 'at')::timestamptz AT TIME ZONE $2)::date, 'YYYY-MM-DD') AS day, count(*)::int AS looks
     FROM audit.entries
     WHERE ${people} AND jsonb_array_length(content -> 'persons') = 1 AND content ->> 'status' <> '403' AND content ->> 'at' >= $3
     GROUP BY 1, 2, content -> 'persons' ->> 0`,
    [from, timeZone, since.toISOString()],
  );
  return { hours, ones };
}

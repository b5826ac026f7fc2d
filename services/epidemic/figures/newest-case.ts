import sql from 'sql-template-tag';
import { dayInWords, daysBetween } from '#contracts/days.ts';
import type { Reads } from '#platform/database.ts';
import { localDay } from '#platform/local-time.ts';
import type { Moment } from '../../district/moment.ts';
import { areasSql, summedUp } from '../areas.ts';
import { casesOf } from '../cases/filters.ts';
import type { Note } from '../counts/notes.ts';

/** How far a line list reaches: the day of the newest case of each area, and of all; when it was heard last. Days YYYY-MM-DD. */
export interface NewestCases {
  of: (areaId: string) => string | undefined;
  ofAll: string;
  /** Left out: it is looked at from a past moment. */
  heardOn?: string;
}

/** Reads every case of the list: for districts in whose last days there is none. Undefined: there is no case at all. */
export async function readNewestCases(database: Reads, moment: Moment): Promise<NewestCases | undefined> {
  const { rows } = await database.query<{ area_id: string | null; newest: string; heard_at: Date | null }>(
    sql`WITH ${areasSql(moment)},
     line AS MATERIALIZED (SELECT v.area_id, max(v.event_date) AS newest FROM epidemic.case_versions AS v
       WHERE ${casesOf({}, moment)} AND v.event_date <= ${moment.day}::date GROUP BY v.area_id)
     SELECT area_id, newest::text, (SELECT last_recorded_at FROM epidemic.feeds WHERE district = ${moment.district} AND feed = 'cases') AS heard_at
     FROM (${summedUp(sql`max(newest) AS newest`, sql`line`)}) AS summed`,
  );
  if (rows.length === 0) return undefined;
  const newest = new Map(rows.map((row) => [row.area_id, row.newest]));
  const heardAt = moment.asOf === undefined ? rows[0]!.heard_at : null;
  return {
    of: (areaId) => newest.get(areaId),
    ofAll: rows.reduce((day, row) => (row.newest > day ? row.newest : day), ''),
    ...(heardAt ? { heardOn: localDay(heardAt.getTime(), moment.timeZone) } : {}),
  };
}

/**
 * What a zero of the line list must be read with: how old the newest case is, of the area and of the whole list, and when the list came last. A district that is quiet
 * hears its list each day; one whose list ended does not, or hears of nothing newer.
 */
export function noteOfZero(areaId: string, newest: NewestCases, day: string): Note {
  const own = newest.of(areaId);
  const { ofAll, heardOn } = newest;
  const age = daysBetween(ofAll, day);
  const vi = [own ? `ca mới nhất ngày ${dayInWords(own)}` : 'danh sách chưa có ca nào ở đây'];
  const en = [own ? `newest case of ${own}` : 'the list has no case here yet'];
  if (own !== ofAll) {
    vi.push(`của cả danh sách: ngày ${dayInWords(ofAll)}`);
    en.push(`of the whole list: ${ofAll}`);
  }
  vi.push(`${age} ngày trước`);
  en.push(`${age} days before`);
  const texts = [vi.join(', '), en.join(', ')];
  if (heardOn) {
    texts[0] += `; danh sách nhận lần cuối ngày ${dayInWords(heardOn)}`;
    texts[1] += `; the list came last on ${heardOn}`;
  }
  return { vi: texts[0]!, en: texts[1]! };
}

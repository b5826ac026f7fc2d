import sql from 'sql-template-tag';
import { addDays, daysBetween } from '#contracts/days.ts';
import type { Reads } from '#platform/database.ts';
import type { CaseMoment } from '../../case-history/moment.ts';
import { type AreaCoverage, coverageOfAreas } from '../../coverage/area-coverage.ts';
import { readPlacedAreas, readVaccinated } from '../../coverage/read-vaccinated.ts';
import { dividedBefore, readAreaChanges } from '../../district/area-changes.ts';
import { known } from '../../district/known.ts';
import { type Place, type Places, readPlaces } from '../../district/places.ts';
import { type Counted, type KnownShare, type LevelFacts, type Reason, shareKey } from '../assess/facts.ts';
import { type CompletenessByAge, completenessOf, completenessOfWindow, mostToCome } from '../assess/reports-to-come.ts';
import type { LevelPolicy } from '../policies/policy.ts';
import {
  learnedDays,
  leastTaught,
  longestDelayDays,
  mostSilentDays,
  oldCoverageDays,
  publishedWeekDays,
} from './policy.ts';
import { countOfWindow, type PublishedCount } from './published-counts.ts';

/** What stands behind the facts of all areas of a district, and each area's own. */
export interface DistrictFacts {
  places: Places;
  placeOf: ReadonlyMap<string, Place>;
  parentOf: ReadonlyMap<string, string | null>;
  /** Facts of an area as a policy asks for them. */
  factsOf: (areaId: string, policy: LevelPolicy) => LevelFacts;
  dataOf: (areaId: string) => DataBehind;
}

/** How old and how complete what was counted is. */
export interface DataBehind {
  source: 'line-list' | 'published' | 'none';
  /** When cases were last heard of; null: never. */
  lastHeardAt: string | null;
  /** Mean share of the cases of the last seven days that is known, by the delays seen so far; null: not known, or published counts. */
  completeness: number | null;
  coverageThrough: string | null;
}

const windows = [7, 14] as const;
type WindowDays = (typeof windows)[number];

/** Cases of an area, by window. */
interface CaseSums {
  all: Record<WindowDays, number>;
  community: Record<WindowDays, number>;
  unknownExposure: Record<WindowDays, number>;
  intensiveCare: number;
  inHospital: number;
  deaths: number;
}

const noCases = (): CaseSums => ({
  all: { 7: 0, 14: 0 },
  community: { 7: 0, 14: 0 },
  unknownExposure: { 7: 0, 14: 0 },
  intensiveCare: 0,
  inHospital: 0,
  deaths: 0,
});

/**
 * Reads what the levels of a district's areas are made of: places, cases of the windows that end the day before the moment's, delays of reports, published counts,
 * coverage, facilities. A constant number of statements, whatever the number of areas.
 *
 * @param declaredOf levels in force, by area
 */
export async function readDistrictFacts(
  database: Reads,
  moment: CaseMoment,
  declaredOf: ReadonlyMap<string, number>,
): Promise<DistrictFacts> {
  const places = await readPlaces(database, moment);
  const areas = await readPlacedAreas(database, moment);
  const changes = await readAreaChanges(database, moment);
  const rows = await readCases(database, moment);
  const byDelay = await readDelays(database, moment);
  const published = await readPublished(database, moment);
  const facilities = await readFacilities(database, moment);
  const [vaccinated] = await readVaccinated(database, moment, areas, [moment.day]);
  const { coverage } = coverageOfAreas(vaccinated!);

  const placeOf = new Map(places.all.map((place) => [place.areaId, place]));
  const parentOf = new Map(areas.map(({ areaId, parentId }) => [areaId, parentId]));
  const children = Map.groupBy(areas, ({ parentId }) => parentId);
  const sums = sumUp(rows, places);
  const lineHeard = byDelay.heard;
  const silentDays = moment.lastKnownAt === null ? null : wholeDays(moment.lastKnownAt, moment.instant);
  const completeness = completenessByAge(byDelay.delays);
  const whole = places.top === undefined ? undefined : placeOf.get(places.top);
  const wholeCases = places.top === undefined ? undefined : sums.get(places.top);
  const knownShare = completeness && {
    7: completenessOfWindow(completeness, agesOf(7)),
    14: completenessOfWindow(completeness, agesOf(14)),
  };
  const careOf = careOfAreas(facilities, places);

  const spanOf = { 7: windowOf(moment.day, 7), 14: windowOf(moment.day, 14) };
  const publishedOf = (areaId: string, days: WindowDays): ReturnType<typeof countOfWindow> => {
    const own = countOfWindow(published.get(areaId) ?? [], spanOf[days]);
    if (own) return own;
    const parts = (children.get(areaId) ?? []).map((child) => publishedOf(child.areaId, days));
    if (parts.every((part) => part === undefined)) return undefined;
    return addUp(parts, spanOf[days]);
  };

  /** Cases by the line list, with what may still be reported. */
  const listed = (areaId: string, days: WindowDays, of: 'all' | 'community', reasons: Reason[]): Counted => {
    const own = sums.get(areaId) ?? noCases();
    const count = own[of][days];
    if (silentDays !== null && silentDays >= mostSilentDays) return { known: count, high: null };
    if (!knownShare) return { known: count, high: count };
    const share = knownShare[days];
    const people = placeOf.get(areaId)?.people ?? 0;
    const expected = whole?.people ? ((wholeCases?.[of][days] ?? 0) * people) / whole.people : 0;
    const toCome = mostToCome(count, share, expected);
    if (toCome > 0 && !reasons.some(({ code }) => code === 'reports-to-come'))
      reasons.push({
        code: 'reports-to-come',
        parameters: { known: count, atMost: count + toCome, share: round(share, 3) },
      });
    return { known: count, high: count + toCome };
  };

  const readShare = (areaId: string, fromAge: 0 | 18 | 50 | 65, dose: 'oneDose' | 'fullCourse'): KnownShare => ({
    ...numbersOf(coverage(areaId, fromAge, dose)),
    ofArea: areaId,
  });

  // A ward's is asked for by each of its neighbourhoods.
  const knownShares = new Map<string, KnownShare>();
  const wardShare = (areaId: string, fromAge: 0 | 18 | 50 | 65, dose: 'oneDose' | 'fullCourse'): KnownShare => {
    const key = `${areaId} ${fromAge} ${dose}`;
    const known = knownShares.get(key) ?? readShare(areaId, fromAge, dose);
    knownShares.set(key, known);
    return known;
  };
  const shareOf = (areaId: string, fromAge: 0 | 18 | 50 | 65, dose: 'oneDose' | 'fullCourse'): KnownShare => {
    const own = readShare(areaId, fromAge, dose);
    const parent = parentOf.get(areaId);
    // Below the ward nobody publishes coverage: the ward's stands for it, and is said to.
    if (own.numerator !== null && own.denominator !== null) return own;
    if (placeOf.get(areaId)?.level !== 'neighbourhood' || !parent || !placeOf.has(parent)) return own;
    const above = wardShare(parent, fromAge, dose);
    return above.numerator !== null && above.denominator !== null ? above : own;
  };

  const sourceOf = (areaId: string, days: WindowDays): DataBehind['source'] =>
    publishedOf(areaId, days) ? 'published' : lineHeard ? 'line-list' : 'none';

  return {
    places,
    placeOf,
    parentOf,
    dataOf: (areaId) => {
      const source = sourceOf(areaId, 7);
      const coverageThrough = shareOf(areaId, 18, 'oneDose').dataThrough ?? null;
      return {
        source,
        lastHeardAt: moment.lastKnownAt,
        completeness:
          source === 'line-list' && completeness ? round(completenessOfWindow(completeness, agesOf(7)), 3) : null,
        coverageThrough,
      };
    },
    factsOf: (areaId, policy) => {
      const days: WindowDays = policy.windowDays === 14 ? 14 : 7;
      const reasons: Reason[] = [];
      const window = spanOf[days];
      const place = placeOf.get(areaId);
      const source = sourceOf(areaId, days);
      const own = sums.get(areaId) ?? noCases();
      let community: Counted | null = null;
      let all: Counted | null = null;
      let spoken = window;
      if (source === 'published') {
        const found = publishedOf(areaId, days)!;
        reasons.push(...found.reasons);
        all = found.count;
        community = found.count;
        spoken = { from: found.from, to: found.to };
        if (policy.cases === 'community' && found.count)
          reasons.push({ code: 'community-not-separated', parameters: {} });
      } else if (source === 'line-list') {
        const change = changes.get(areaId);
        const isDivided =
          dividedBefore(changes, areaId).length > 0 && change !== undefined && change.since > window.from;
        if (isDivided) reasons.push({ code: 'borders-changed', parameters: { since: change.since } });
        else {
          all = listed(areaId, days, 'all', policy.cases === 'all' ? reasons : []);
          community = listed(areaId, days, 'community', policy.cases === 'community' ? reasons : []);
          if (!completeness && own.all[days] > 0) reasons.push({ code: 'delays-unknown', parameters: {} });
          if (policy.cases === 'community' && own.unknownExposure[days] > 0)
            reasons.push({ code: 'exposure-unknown', parameters: { cases: own.unknownExposure[days] } });
        }
        if (silentDays !== null && silentDays >= mostSilentDays)
          reasons.push({ code: 'stale-feed', parameters: { days: silentDays, lastHeardAt: moment.lastKnownAt } });
      } else reasons.push({ code: 'no-cases-heard', parameters: {} });
      const shares = new Map<string, KnownShare>();
      if (policy.kind === 'matrix')
        for (const { fromAge, dose } of [...policy.groups.flatMap((group) => group.shares), ...policy.floors]) {
          const share = shareOf(areaId, fromAge, dose);
          shares.set(shareKey(fromAge, dose), share);
        }
      const above = [...shares.values()].find(({ ofArea }) => ofArea !== areaId);
      if (above) reasons.push({ code: 'coverage-of-area-above', parameters: { areaId: above.ofArea } });
      const oldest = [...shares.values()].flatMap(({ dataThrough }) => dataThrough ?? []).toSorted()[0];
      if (oldest && daysBetween(oldest, moment.day) > oldCoverageDays)
        reasons.push({ code: 'coverage-old', parameters: { through: oldest, days: daysBetween(oldest, moment.day) } });
      // Of published counts nobody says who is treated how.
      const isListed = source === 'line-list';
      if (
        isListed &&
        policy.kind === 'matrix' &&
        policy.transmission.some(({ measure }) => measure === 'on-oxygen') &&
        own.inHospital > 0
      )
        reasons.push({
          code: 'on-oxygen-by-status',
          parameters: { intensiveCare: own.intensiveCare, inHospital: own.inHospital },
        });
      return {
        areaId,
        day: moment.day,
        windowFrom: spoken.from,
        windowTo: spoken.to,
        people: place?.people ?? null,
        community,
        all,
        onOxygen: isListed ? { known: own.intensiveCare, high: own.inHospital } : null,
        deaths: isListed ? { known: own.deaths, high: own.deaths } : null,
        shares,
        care: careOf(place?.level === 'neighbourhood' ? (parentOf.get(areaId) ?? areaId) : areaId),
        declared: declaredOf.get(areaId) ?? null,
        reasons,
      };
    },
  };
}

export const windowOf = (day: string, days: number) => ({ from: addDays(day, -days), to: addDays(day, -1) });
/** Whole days since each day of the window, the last one first. */
const agesOf = (days: number) => Array.from({ length: days }, (_, index) => index + 1);
const wholeDays = (from: string, to: string) => Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);
const round = (value: number, digits: number) => Number(value.toFixed(digits));
const numbersOf = ({ numerator, denominator, reason, dataThroughDate }: AreaCoverage) => ({
  numerator,
  denominator,
  reason,
  dataThrough: dataThroughDate,
});

interface CaseRow {
  area_id: string | null;
  all_7: number;
  all_14: number;
  community_7: number;
  community_14: number;
  unknown_7: number;
  unknown_14: number;
  intensive_care: number;
  in_hospital: number;
  deaths: number;
}

/** Cases by the area in which they lie, with the patients and deaths of the last week. */
async function readCases(database: Reads, moment: CaseMoment): Promise<CaseRow[]> {
  const week = windowOf(moment.day, 7);
  const { rows } = await database.query<CaseRow>(
    sql`SELECT area_id,
       count(*) FILTER (WHERE recent)::int AS all_7, count(*) FILTER (WHERE counted)::int AS all_14,
       count(*) FILTER (WHERE recent AND community)::int AS community_7, count(*) FILTER (WHERE counted AND community)::int AS community_14,
       count(*) FILTER (WHERE recent AND exposure = 'unknown')::int AS unknown_7, count(*) FILTER (WHERE counted AND exposure = 'unknown')::int AS unknown_14,
       count(*) FILTER (WHERE status = 'intensive-care')::int AS intensive_care,
       count(*) FILTER (WHERE status IN ('hospitalised', 'intensive-care'))::int AS in_hospital,
       count(*) FILTER (WHERE status = 'deceased' AND (status_since AT TIME ZONE ${moment.timeZone})::date BETWEEN ${week.from}::date AND ${week.to}::date)::int AS deaths
     FROM (SELECT v.area_id, v.exposure, v.status, v.status_since, v.exposure IN ('community', 'unknown') AS community,
         v.event_date BETWEEN ${week.from}::date AND ${week.to}::date AS recent,
         v.event_date BETWEEN ${windowOf(moment.day, 14).from}::date AND ${week.to}::date AS counted
       FROM epidemic.published_cases AS v
       WHERE v.district = ${moment.district} AND ${known('v', moment)}
         AND (v.event_date BETWEEN ${windowOf(moment.day, 14).from}::date AND ${week.to}::date OR v.status IN ('hospitalised', 'intensive-care')
           OR (v.status = 'deceased' AND v.status_since >= ${week.from}::date - 1))) AS cases
     GROUP BY area_id`,
  );
  return rows;
}

/** Each area with all below it; what lies in no known area belongs to the top one. */
function sumUp(rows: readonly CaseRow[], places: Places): Map<string, CaseSums> {
  const sums = new Map<string, CaseSums>();
  for (const row of rows) {
    const above =
      (row.area_id === null ? undefined : places.ancestorsOf.get(row.area_id)) ?? (places.top ? [places.top] : []);
    for (const areaId of above) {
      const sum = sums.get(areaId) ?? noCases();
      sums.set(areaId, sum);
      sum.all[7] += row.all_7;
      sum.all[14] += row.all_14;
      sum.community[7] += row.community_7;
      sum.community[14] += row.community_14;
      sum.unknownExposure[7] += row.unknown_7;
      sum.unknownExposure[14] += row.unknown_14;
      sum.intensiveCare += row.intensive_care;
      sum.inHospital += row.in_hospital;
      sum.deaths += row.deaths;
    }
  }
  return sums;
}

/** After how many whole days the cases of some weeks ago were known; whether any list of cases was ever heard. */
async function readDelays(
  database: Reads,
  moment: CaseMoment,
): Promise<{ heard: boolean; delays: Map<number, number> }> {
  const last = addDays(moment.day, -longestDelayDays - 1);
  const { rows } = await database.query<{ delay: number | null; cases: number; heard: boolean }>(
    sql`WITH heard AS (SELECT EXISTS (SELECT FROM epidemic.published_cases WHERE district = ${moment.district} AND known_at <= ${moment.instant}::timestamptz) AS heard),
     delays AS (
       SELECT greatest(0, (v.known_at AT TIME ZONE ${moment.timeZone})::date - v.event_date) AS delay, count(*)::int AS cases
       FROM epidemic.published_cases AS v
       WHERE v.district = ${moment.district} AND v.sequence = v.first_sequence AND v.known_at <= ${moment.instant}::timestamptz
         AND v.event_date BETWEEN ${addDays(last, 1 - learnedDays)}::date AND ${last}::date
       GROUP BY 1)
     SELECT delay, coalesce(cases, 0) AS cases, heard FROM heard LEFT JOIN delays ON true`,
  );
  return {
    heard: rows[0]!.heard,
    delays: new Map(rows.flatMap(({ delay, cases }) => (delay === null ? [] : [[delay, cases] as const]))),
  };
}

/** Undefined: too few cases were watched, or most of them came so late that a list was loaded and nobody was slow. */
function completenessByAge(delays: ReadonlyMap<number, number>): CompletenessByAge | undefined {
  const inTime = Array.from({ length: longestDelayDays + 1 }, (_, delay) => delays.get(delay) ?? 0);
  const taught = inTime.reduce((sum, cases) => sum + cases, 0);
  const all = [...delays.values()].reduce((sum, cases) => sum + cases, 0);
  return taught < leastTaught || 2 * taught < all ? undefined : completenessOf(inTime);
}

async function readPublished(database: Reads, moment: CaseMoment): Promise<Map<string, PublishedCount[]>> {
  const { from, to } = windowOf(moment.day, 14);
  const { rows } = await database.query<PublishedCount & { areaId: string }>(
    sql`SELECT area_id AS "areaId", period_start::text AS "from", period_end::text AS "to", cases, suppressed
     FROM epidemic.published_counts AS v
     WHERE v.district = ${moment.district} AND ${known('v', moment)} AND measure = 'new-cases'
       AND period_end BETWEEN ${addDays(from, -publishedWeekDays)}::date AND ${to}::date`,
  );
  return Map.groupBy(rows, ({ areaId }) => areaId);
}

/** Published counts of the parts together. A part of which nothing is published leaves the sum open above. */
function addUp(
  parts: readonly ReturnType<typeof countOfWindow>[],
  window: { from: string; to: string },
): NonNullable<ReturnType<typeof countOfWindow>> {
  const told = parts.flatMap((part) => (part?.count ? [part] : []));
  const missing = parts.length - told.length;
  const suppressed = told.filter(({ reasons }) => reasons.some(({ code }) => code === 'suppressed-counts')).length;
  const isOpen = missing > 0 || told.some(({ count }) => count!.high === null);
  const known = told.reduce((sum, { count }) => sum + count!.known, 0);
  return {
    count:
      told.length === 0
        ? null
        : { known, high: isOpen ? null : told.reduce((sum, { count }) => sum + count!.high!, 0) },
    reasons: [
      ...(missing > 0 ? [{ code: 'parts-of-cases-missing', parameters: { areas: missing } } as const] : []),
      ...(suppressed > 0 ? [{ code: 'suppressed-counts', parameters: { counts: suppressed } } as const] : []),
    ],
    from: told.map(({ from }) => from).toSorted()[0] ?? window.from,
    to:
      told
        .map(({ to }) => to)
        .toSorted()
        .at(-1) ?? window.to,
  };
}

interface Facility {
  areaId: string | null;
  kind: string;
  oxygenPoints: number | null;
}

async function readFacilities(database: Reads, moment: CaseMoment): Promise<Facility[]> {
  const { rows } = await database.query<Facility>(
    sql`SELECT area_id AS "areaId", kind, oxygen_points AS "oxygenPoints" FROM epidemic.published_capacity AS v
     WHERE v.district = ${moment.district} AND ${known('v', moment)}`,
  );
  return rows;
}

/**
 * Criterion 3 as far as facilities tell: not met where a health station has no oxygen; met where every one has and a mobile station or a care team is reported;
 * else not known. Source of the contents: sggpnews 94926 (a proposal).
 */
function careOfAreas(facilities: readonly Facility[], places: Places): (areaId: string) => boolean | null {
  const of = new Map<string, Facility[]>();
  for (const facility of facilities) {
    if (facility.areaId === null) continue;
    for (const areaId of places.ancestorsOf.get(facility.areaId) ?? []) {
      const own = of.get(areaId) ?? [];
      own.push(facility);
      of.set(areaId, own);
    }
  }
  return (areaId) => {
    const own = of.get(areaId) ?? [];
    const stations = own.filter(({ kind }) => kind === 'health-station');
    if (stations.some(({ oxygenPoints }) => oxygenPoints === 0)) return false;
    const isPlanned = own.some(({ kind }) => kind === 'mobile-station' || kind === 'care-team');
    return stations.length > 0 && isPlanned && stations.every(({ oxygenPoints }) => (oxygenPoints ?? 0) > 0)
      ? true
      : null;
  };
}

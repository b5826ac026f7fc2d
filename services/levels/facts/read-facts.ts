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
import { completenessOfWindow, mostToCome } from '../assess/reports-to-come.ts';
import type { LevelPolicy } from '../policies/policy.ts';
import { careOfAreas, readFacilities } from './care.ts';
import { noCases, readCaseSums, type WindowDays, windowOf } from './case-sums.ts';
import { completenessByAge, readDelays } from './delays.ts';
import { mostSilentDays, oldCoverageDays, publishedWeekDays } from './policy.ts';
import { addUp, countOfWindow, type PublishedCount } from './published-counts.ts';

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
  const sums = await readCaseSums(database, moment, places);
  const byDelay = await readDelays(database, moment);
  const published = await readPublished(database, moment);
  const facilities = await readFacilities(database, moment);
  const [vaccinated] = await readVaccinated(database, moment, areas, [moment.day]);
  const { coverage } = coverageOfAreas(vaccinated!);

  const placeOf = new Map(places.all.map((place) => [place.areaId, place]));
  const parentOf = new Map(areas.map(({ areaId, parentId }) => [areaId, parentId]));
  const children = Map.groupBy(areas, ({ parentId }) => parentId);
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

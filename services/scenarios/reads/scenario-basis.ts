import { dayNumber, isoDate } from '@vungxanh/ml';
import { abstain } from '#contracts/http/outlook/abstention.ts';
import type { Database } from '#platform/database.ts';
import { localDay } from '#platform/local-time.ts';
import { readCaseChanges } from '../../case-history/case-changes.ts';
import { readDividedAreas, withheldOfDivided } from '../../case-history/divided-areas.ts';
import { groupsOf } from '../../case-history/known-counts.ts';
import type { CaseMoment } from '../../case-history/moment.ts';
import { observedDelays, withheldAfterLoad } from '../../case-history/observed-delays.ts';
import { mostKnowledgeAgeDays } from '../../case-history/policy.ts';
import { staleCases } from '../../case-history/stale-cases.ts';
import { readPlaces, readPositions } from '../../district/places.ts';
import { fitRules } from '../assumptions.ts';
import { type FitQuestion, fitQuestion } from '../fit-question.ts';
import { type Abstention, abstains, type RecentReports, reportsOfLineList, reportsOfPublished } from '../observed.ts';
import type { CaseOutcomes } from '../severity-fit.ts';
import {
  readBusinesses,
  readCapacity,
  readCoverage,
  readOutcomes,
  readPopulation,
  readPublishedCounts,
} from './district-facts.ts';

/** Everything that the runs of a district at a moment are computed from, before the fit. */
export interface ScenarioBasis {
  moment: CaseMoment;
  /** Day 0: the day after the last one that is fitted. */
  startDate: string;
  dataThroughDate: string;
  reports: RecentReports;
  areas: { areaId: string; people: number; businesses: number }[];
  question: FitQuestion;
  /** cases of the line list by day, as known at the moment */
  outcomes: readonly CaseOutcomes[];
}

export const withheld = (basis: ScenarioBasis | Abstention): basis is Abstention => 'reason' in basis;

/** Reads what a district's model is made of, or says by name why there can be none. */
export async function readBasis(database: Database, moment: CaseMoment): Promise<ScenarioBasis | Abstention> {
  const places = await readPlaces(database, moment);
  const all = places.all.filter(({ level }) => level === 'ward');
  if (all.length === 0)
    return abstain('no-areas', `chưa biết phường nào của ${moment.district}`, `no ward of ${moment.district} is known`);
  const published = await readPopulation(
    database,
    moment,
    all.map(({ areaId }) => areaId),
  );
  const unknown = all.filter(({ areaId, people }) => people === null && !published.has(areaId));
  if (unknown.length > 0)
    return abstain(
      'no-population',
      `thiếu dân số của ${unknown.map(({ name }) => name).join(', ')}`,
      `population is missing for ${unknown.map(({ areaId }) => areaId).join(', ')}`,
    );
  const wards = all
    .map((place) => {
      const groups = published.get(place.areaId)?.groups ?? new Map<string, number>();
      const sum = [...groups].reduce((total, [name, people]) => (name === 'all' ? total : total + people), 0);
      return { ...place, people: place.people ?? groups.get('all') ?? sum };
    })
    .filter(({ people }) => people > 0);
  if (wards.length === 0) return abstain('no-population', 'không phường nào có dân', 'nobody lives in any ward');
  const areaIds = wards.map(({ areaId }) => areaId);
  const positions = await readPositions(database, moment, areaIds);
  const nowhere = areaIds.filter((areaId) => !positions.has(areaId));
  if (nowhere.length > 0)
    return abstain(
      'no-borders',
      `chưa biết vị trí của ${nowhere.map((areaId) => wards.find((ward) => ward.areaId === areaId)!.name).join(', ')}: mô hình cần khoảng cách`,
      `the place of ${nowhere.join(', ')} is not known: distances are`,
    );

  const onDay = dayNumber(moment.day);
  const counts = await readPublishedCounts(
    database,
    moment,
    areaIds,
    wards.map(({ people }) => people),
  );
  let reports = reportsOfPublished(counts, areaIds, onDay);
  if (!reports) {
    if (moment.lastKnownAt === null)
      return abstain(
        'no-cases',
        'địa bàn này chưa gửi ca bệnh nào',
        'no feed of cases has been heard in this district',
      );
    const age = (Date.parse(moment.instant) - Date.parse(moment.lastKnownAt)) / 86_400_000;
    if (age > mostKnowledgeAgeDays) return staleCases(age, mostKnowledgeAgeDays);
    // days after the last word are not days without a case
    const heard = asLastKnown(moment, moment.lastKnownAt);
    const changes = await readCaseChanges(database, heard);
    const load = withheldAfterLoad(observedDelays(changes, dayNumber(heard.day)));
    if (load) return load;
    const divided = await readDividedAreas(database, heard, changes);
    const neededDays = fitRules.leastDays + fitRules.mostDaysLeftOut;
    const begun = areaIds.flatMap((areaId) => divided.get(areaId) ?? []);
    const tooNew = begun.find(({ since }) => dayNumber(heard.day) - since < neededDays);
    if (tooNew) return withheldOfDivided(tooNew, neededDays);
    const firstKnownDay = Math.max(...begun.map(({ since }) => since), Number.NEGATIVE_INFINITY);
    const district = Int32Array.from(changes.places, () => 0);
    const wardOf = groupsOf(changes, areaIds, places);
    reports = reportsOfLineList(changes, wardOf, district, areaIds.length, dayNumber(heard.day), firstKnownDay);
  }
  if (abstains(reports)) return reports;

  const days = coverageDays(reports);
  const [businesses, capacity, outcomes, coverage] = await Promise.all([
    readBusinesses(database, moment, areaIds),
    readCapacity(database, moment),
    readOutcomes(database, moment, isoDate(onDay - outcomeDays)),
    readCoverage(database, moment, areaIds, days.map(isoDate)),
  ]);
  const question = fitQuestion({
    wards: wards.map(({ areaId, people }) => ({
      areaId,
      people,
      position: positions.get(areaId)!,
      ageGroups: published.get(areaId)?.groups ?? new Map(),
      businesses: businesses ? (businesses.get(areaId) ?? 0) : undefined,
      estimated: published.get(areaId)?.estimated ?? false,
      source: published.get(areaId)?.source ?? null,
    })),
    capacity,
    coverage: coverage.map((known, i) => ({ day: days[i]!, people: known.coverage })),
    coverageSource: coverage.at(-1)!.source,
    reports,
    outcomes,
    today: onDay,
  });
  return {
    moment,
    startDate: isoDate(reports.lastDay + 1),
    dataThroughDate: isoDate(reports.lastDay),
    reports,
    areas: wards.map(({ areaId, people }) => ({ areaId, people, businesses: businesses?.get(areaId) ?? 0 })),
    question,
    outcomes,
  };
}

function asLastKnown(moment: CaseMoment, lastKnownAt: string): CaseMoment {
  if (Date.parse(lastKnownAt) >= Date.parse(moment.instant)) return moment;
  return { ...moment, instant: lastKnownAt, day: localDay(Date.parse(lastKnownAt), moment.timeZone) };
}

/** Cases of so many days tell how deadly the disease is; older ones are of another time. */
const outcomeDays = 180;

const coverageStepDays = 7;

/** The day before the first that is fitted, then each week, and the last. */
function coverageDays({ lastDay, reported }: RecentReports): number[] {
  const first = lastDay - reported.length;
  const days = Array.from(
    { length: Math.ceil(reported.length / coverageStepDays) },
    (_, i) => first + coverageStepDays * i,
  );
  return [...days, lastDay];
}

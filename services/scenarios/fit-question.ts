import { createHash } from 'node:crypto';
import type { District, FitSettings, Lever, Observed } from '@vungxanh/ml/scenario';
import { foldCounts, foldPopulation, shareOut } from './ages.ts';
import {
  type Assumption,
  capacityFigures,
  codeVersion,
  costFigures,
  diseaseFigures,
  fitFigures,
  fitSettings,
  leverFigures,
  mixingFigures,
  modelAges,
  populationFigures,
} from './assumptions.ts';
import type { RecentReports } from './observed.ts';
import type { Coverage } from './reads/district-facts.ts';
import { type CaseOutcomes, fitSeverity, type SeverityCheck, type VaccinatedShares } from './severity-fit.ts';

/** What is known of a district, ward by ward in the same order everywhere. */
export interface DistrictFacts {
  wards: {
    areaId: string;
    position: [number, number];
    people: number;
    ageGroups: ReadonlyMap<string, number>;
    /** active now; undefined: no register */
    businesses: number | undefined;
    estimated: boolean;
    source: string | null;
  }[];
  capacity: { beds: number; intensiveCare: number; facilities: number } | undefined;
  /** before the first observed day, then each some days later, the last on the last observed day */
  coverage: { day: number; people: Coverage }[];
  coverageSource: 'published-counts' | 'single-doses' | 'none';
  reports: RecentReports;
  /** of the line list; left out where only counts are published */
  outcomes?: readonly CaseOutcomes[];
  /** the last day whose deaths can be known */
  today?: number;
}

/** What a thread is asked to fit. `hash`: the same data, figures and code have the same. */
export interface FitQuestion {
  district: District;
  observed: Observed;
  settings: FitSettings;
  hash: string;
  assumptions: Assumption[];
  /** deaths seen beside those the figures expect; undefined: too few cases to tell */
  severity: SeverityCheck | undefined;
}

/** Kept free of doses and earlier infections, so that the first infections of any history have somebody to befall. */
const keptSusceptible = 0.1;

/** The district and what it is fitted to, from what is known. Pure. */
export function fitQuestion(facts: DistrictFacts): FitQuestion {
  const told: Assumption[] = [];
  const population = facts.wards.map((ward) => populationOf(ward, told));
  const people = population.flat().reduce((sum, count) => sum + count, 0);
  const known = facts.capacity;
  const perThousand = ({ value }: Assumption<number>) => Math.round((value * people) / 1000);
  if (!known) told.push(capacityFigures.bedsPer1000, capacityFigures.intensiveCarePer1000);
  told.push(capacityFigures.isolationPlacesPer1000);
  if (facts.wards.some((ward) => ward.businesses === undefined)) told.push(noRegister);
  const days = facts.reports.reported.length;
  const recovered = facts.reports.before.map((cases, w) => earlierInfections(cases, population[w]!));
  const doses = dosesOf(facts, population, recovered);
  if (facts.coverageSource === 'none') told.push(noDoses);
  const figures = <Key extends string>(rows: Record<Key, Assumption>) => {
    told.push(...(Object.values(rows) as Assumption[]));
  };
  figures(diseaseFigures);
  figures(mixingFigures);
  figures(costFigures);
  figures(leverFigures);
  figures(fitFigures);
  told.push(earlier);
  const flat = mixingFigures.contacts.value;
  const unfitted: District = {
    wards: facts.wards.map((ward, w) => ({
      id: ward.areaId,
      position: ward.position,
      population: population[w]!,
      businesses: ward.businesses ?? 0,
    })),
    ageGroups: modelAges.map(({ name }) => name),
    disease: {
      ...valuesOf(diseaseFigures),
      protectionInfection: diseaseFigures.protectionInfection.value as [number, number, number],
      protectionSevere: diseaseFigures.protectionSevere.value as [number, number, number],
      // replaced by each particle's own
      reproductionNumber: 1,
      reportedShare: middle(fitFigures.reportedShare.value),
    },
    mixing: {
      contacts: modelAges.map((_, g) => flat.slice(g * modelAges.length, (g + 1) * modelAges.length)),
      ownWardShare: mixingFigures.ownWardShare.value,
      distanceKm: mixingFigures.distanceKm.value,
    },
    capacity: {
      beds: known?.beds ?? perThousand(capacityFigures.bedsPer1000),
      intensiveCare: known?.intensiveCare ?? perThousand(capacityFigures.intensiveCarePer1000),
      isolationPlaces: perThousand(capacityFigures.isolationPlacesPer1000),
    },
    costs: valuesOf(costFigures),
    start: { recovered, oneDose: doses.one, twoDoses: doses.two },
  };
  const { district, check: severity } = fitSeverity(
    unfitted,
    facts.outcomes ?? [],
    facts.today ?? facts.reports.lastDay,
    vaccinatedShares(facts, population),
  );
  if (severity) told.push(ownSeverity(severity));
  const observed: Observed = { days, reported: facts.reports.reported, levers: doses.levers };
  const settings: FitSettings = {
    ...fitSettings,
    reproductionNumber: fitFigures.reproductionNumber.value as [number, number],
    reportedShare: fitFigures.reportedShare.value as [number, number],
  };
  const hash = createHash('sha256')
    .update(JSON.stringify([codeVersion, district, observed, settings, facts.reports.lastDay]))
    .digest('hex')
    .slice(0, 16);
  return { district, observed, settings, hash, assumptions: told, severity };
}

function populationOf(ward: DistrictFacts['wards'][number], told: Assumption[]): number[] {
  const published = foldPopulation(ward.ageGroups);
  if (!published && !told.includes(populationFigures.ageShares)) told.push(populationFigures.ageShares);
  if (ward.estimated && !told.some(({ field }) => field === 'population'))
    told.push({
      field: 'population',
      value: ward.people,
      unit: 'people',
      source: ward.source ?? 'the district’s own estimate',
      verified: false,
      vi: 'Dân số của phường là ước tính',
      en: 'The populations of wards are estimates',
    });
  return shareOut(ward.people, published ?? populationFigures.ageShares.value);
}

/** By age group in proportion to people. */
function earlierInfections(cases: number, population: readonly number[]): number[] {
  const people = population.reduce((sum, count) => sum + count, 0);
  const infections = Math.min(0.6 * people, cases * earlier.value);
  return shareOut(Math.round(infections), population);
}

/** Of all wards together, as their doses were published or counted on each day. */
const vaccinatedShares = (facts: DistrictFacts, population: number[][]): VaccinatedShares[] =>
  facts.coverage.map(({ day, people: coverage }) => {
    const doses = (table: Coverage['full']) =>
      facts.wards
        .map(({ areaId }, w) => foldCounts(table.get(areaId) ?? new Map(), population[w]!))
        .reduce(
          (sums, counts) => sums.map((sum, g) => sum + counts[g]!),
          modelAges.map(() => 0),
        );
    const [atLeastOne, full] = [doses(coverage.atLeastOne), doses(coverage.full)];
    const people = modelAges.map((_, g) => population.reduce((sum, ward) => sum + ward[g]!, 0));
    const share = (count: number, g: number) => Math.min(1, Math.max(0, count) / Math.max(1, people[g]!));
    return {
      day,
      oneDose: atLeastOne.map((count, g) => share(count - full[g]!, g)),
      fullCourse: full.map(share),
    };
  });

/** Doses before the first observed day as a start, and those given since as drives of so many a day. */
function dosesOf(facts: DistrictFacts, population: number[][], recovered: number[][]) {
  const one: number[][] = [];
  const two: number[][] = [];
  const levers: Lever[] = [];
  const [first] = facts.coverage;
  facts.wards.forEach(({ areaId }, w) => {
    const people = population[w]!;
    const given = facts.coverage.map(({ day, people: coverage }) => {
      const at = (table: Coverage['full']) => foldCounts(table.get(areaId) ?? new Map(), people);
      return { day: day - first!.day, one: at(coverage.atLeastOne), two: at(coverage.full) };
    });
    const held = people.map((count, g) => {
      // those who had it hold their share of the doses: the model counts them as recovered
      const room = Math.max(0, Math.floor((1 - keptSusceptible) * count) - recovered[w]![g]!);
      const susceptible = count === 0 ? 0 : 1 - recovered[w]![g]! / count;
      const atLeastOne = Math.min(room, Math.round(given[0]!.one[g]! * susceptible));
      const full = Math.min(atLeastOne, Math.round(given[0]!.two[g]! * susceptible));
      return { one: atLeastOne - full, two: full };
    });
    one.push(held.map((group) => group.one));
    two.push(held.map((group) => group.two));
    for (let i = 1; i < given.length; i++) {
      const [from, to] = [given[i - 1]!, given[i]!];
      const perDay = (key: 'one' | 'two') =>
        Math.max(0, Math.round((total(to[key]) - total(from[key])) / (to.day - from.day)));
      const [firstDosesPerDay, secondDosesPerDay] = [perDay('one'), perDay('two')];
      // day 0 of the coverage is the day before the first observed one
      if (firstDosesPerDay > 0 || secondDosesPerDay > 0)
        levers.push({
          kind: 'vaccination',
          fromDay: from.day,
          toDay: to.day - 1,
          wards: [areaId],
          firstDosesPerDay,
          secondDosesPerDay,
        });
    }
  });
  return { one, two, levers };
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
const middle = ([low, high]: readonly number[]) => (low! + high!) / 2;

/** Field names without their prefix: the figures of one part of the district. */
function valuesOf<Rows extends Record<string, Assumption>>(rows: Rows): { [Key in keyof Rows]: Rows[Key]['value'] } {
  return Object.fromEntries(Object.entries(rows).map(([key, { value }]) => [key, value])) as {
    [Key in keyof Rows]: Rows[Key]['value'];
  };
}

const earlier: Assumption<number> = {
  field: 'fit.infectionsPerEarlierReport',
  value: Number((1 / middle(fitFigures.reportedShare.value)).toFixed(2)),
  unit: 'infections',
  source: 'the middle of the prior of the reported share',
  verified: false,
  vi: 'Số ca nhiễm thật cho mỗi ca đã báo cáo trước đó',
  en: 'Infections behind each case reported earlier',
};
const ownSeverity = ({ cases, deaths, expectedDeaths, factor }: SeverityCheck): Assumption<number> => ({
  field: 'disease.severityFactor',
  value: Number(factor.toFixed(2)),
  unit: 'times',
  source: `the district's own line list: ${deaths} deaths among ${cases} cases; the figures above expect ${expectedDeaths.toFixed(1)} by now`,
  verified: true,
  vi: 'Số lần nặng hơn các tỷ lệ nêu trên (nhập viện, hồi sức, tử vong cộng lại), khớp với số tử vong của địa bàn',
  en: 'How many times as deadly as the shares above (admission, intensive care, death together), fitted to the district’s own deaths',
});
const noRegister: Assumption<number> = {
  field: 'businesses',
  value: 0,
  unit: 'businesses',
  source: 'no register of businesses is known here',
  verified: false,
  vi: 'Chưa có danh sách cơ sở kinh doanh: đóng cửa không tính được chi phí',
  en: 'No business is known here: closing them costs nothing in these figures',
};
const noDoses: Assumption<number> = {
  field: 'vaccination',
  value: 0,
  unit: 'doses',
  source: 'no dose has been reported or published here',
  verified: false,
  vi: 'Chưa có số liệu tiêm: coi như chưa ai được tiêm',
  en: 'No dose is known here: nobody counts as vaccinated',
};

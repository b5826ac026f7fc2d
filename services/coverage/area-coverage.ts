import { type AgeRange, ageRange, groupsOfAges } from './age-ranges.ts';

export type Dose = 'oneDose' | 'fullCourse';

/** The newest cumulative totals of an area and age group. `date`: the day that they are of. null: not said. */
export interface PublishedGroup {
  ageGroup: string;
  date: string;
  population: number | null;
  oneDose: number | null;
  fullCourse: number | null;
  additionalDose: number | null;
}

export interface PeopleGroup {
  ageGroup: string;
  /** in force since */
  date: string;
  people: number;
  estimated: boolean;
}

/** What is known of vaccination in an area on a day. */
export interface VaccinatedArea {
  areaId: string;
  parentId: string | null;
  groups: readonly PublishedGroup[];
  people: readonly PeopleGroup[];
  /** people by single doses, the area with all below it, by first age of the ages that are asked for */
  single: ReadonlyMap<number, Record<Dose, number>>;
  /** areas of before of which an unknown part lies in it: what was said of them is not known of it */
  divided?: readonly string[];
}

/**
 * `no-feed`: nothing was ever heard in the district; `not-published`: of this area nothing is published, though elsewhere it is; `other-ages`:
 * published for other ages than these; `value-missing`: these ages are published, but this number of them was left blank or is masked as too small; `borders-changed`: made of parts of areas of before, and nothing was published of it since.
 */
export type CoverageReason =
  | 'borders-changed'
  | 'no-feed'
  | 'not-published'
  | 'other-ages'
  | 'value-missing'
  | 'parts-missing'
  | 'no-denominator';

export interface CoverageRow extends PublishedGroup {
  areaId: string;
}

export interface AreaCoverage {
  basis: 'published' | 'single doses' | 'none';
  /** people; null: not said for these ages */
  numerator: number | null;
  /** people of the same ages; null: not known, or nobody */
  denominator: number | null;
  estimated: boolean;
  /** published totals that sum to the numerator; of single doses none */
  rows: CoverageRow[];
  /** the oldest day that one of the rows is of */
  dataThroughDate?: string;
  reason?: CoverageReason;
  /** parts of which nothing is published for these ages */
  missingParts: string[];
  /** age groups that are published, where the reason is `other-ages` */
  publishedAges: string[];
}

/**
 * Coverage of people aged `fromAge` and over, each numerator over the people of its own ages. One rule for every reader: where anything is published in
 * the district, published totals alone speak: the area's own groups that are exactly these ages, else the sum of all its parts. Single doses
 * speak only where nothing is published at all, as beside published totals they are a sample of the same people.
 */
export function coverageOfAreas(areas: readonly VaccinatedArea[]): {
  coverage: (areaId: string, fromAge: number, dose: Dose) => AreaCoverage;
  contributors: (areaId: string) => CoverageRow[];
} {
  const byId = new Map(areas.map((area) => [area.areaId, area]));
  const parts = Map.groupBy(areas, ({ parentId }) => parentId);
  const partsOf = (areaId: string) => parts.get(areaId) ?? [];
  const isPublished = areas.some(({ groups }) => groups.length > 0);
  const publishes = (areaId: string): boolean =>
    byId.get(areaId)!.groups.length > 0 || partsOf(areaId).some((part) => publishes(part.areaId));

  /** Rows that are exactly these ages, of the area or of all its parts. */
  const rowsOf = (areaId: string, fromAge: number, dose: Dose): CoverageRow[] | undefined => {
    const { groups } = byId.get(areaId)!;
    const own = groupsOfAges(
      groups.filter((group) => group[dose] !== null),
      { from: fromAge, to: Number.POSITIVE_INFINITY },
    );
    if (own) return own.map((group) => ({ ...group, areaId }));
    const below = partsOf(areaId).map((part) => rowsOf(part.areaId, fromAge, dose));
    return below.length === 0 || below.some((rows) => rows === undefined) ? undefined : below.flatMap((rows) => rows!);
  };

  /** The area itself, or those below it, whose groups are exactly these ages without a number of this dose; undefined: of one of them they are other ages, or nothing is published. */
  const blankAreas = (areaId: string, fromAge: number, dose: Dose): string[] | undefined => {
    if (rowsOf(areaId, fromAge, dose)) return [];
    const { groups } = byId.get(areaId)!;
    if (groupsOfAges(groups, { from: fromAge, to: Number.POSITIVE_INFINITY })) return [areaId];
    const below = groups.length > 0 ? [] : partsOf(areaId).map((part) => blankAreas(part.areaId, fromAge, dose));
    return below.length === 0 || below.some((areas) => areas === undefined)
      ? undefined
      : below.flatMap((areas) => areas!);
  };

  const peopleOf = peopleOfAges(areas);
  /** The publisher's own denominators where all rows have one, else the people of these ages, else row by row what there is. */
  const denominatorOf = (areaId: string, fromAge: number, rows: readonly CoverageRow[]) => {
    if (rows.length > 0 && rows.every(({ population }) => population !== null))
      return { people: rows.reduce((sum, { population }) => sum + population!, 0), estimated: false };
    const people = peopleOf(areaId, { from: fromAge, to: Number.POSITIVE_INFINITY });
    if (people || rows.length === 0) return people;
    const each = rows.map((row) =>
      row.population !== null
        ? { people: row.population, estimated: false }
        : peopleOf(row.areaId, ageRange(row.ageGroup)!),
    );
    return isComplete(each)
      ? {
          people: each.reduce((sum, one) => sum + one.people, 0),
          estimated: each.some((one) => one.estimated),
        }
      : undefined;
  };

  const over = (
    areaId: string,
    fromAge: number,
    counted: Pick<AreaCoverage, 'basis' | 'numerator' | 'rows' | 'dataThroughDate'>,
  ): AreaCoverage => {
    const found = denominatorOf(areaId, fromAge, counted.rows);
    const known = { ...counted, missingParts: [], publishedAges: [] };
    return found && found.people > 0
      ? { ...known, denominator: found.people, estimated: found.estimated }
      : { ...known, denominator: null, estimated: false, reason: 'no-denominator' };
  };

  const coverage = (areaId: string, fromAge: number, dose: Dose): AreaCoverage => {
    const area = byId.get(areaId)!;
    const nothing: AreaCoverage = {
      ...{ basis: 'none', numerator: null, denominator: null, estimated: false, rows: [] },
      ...{ missingParts: [], publishedAges: [] },
    };
    if (area.divided?.length && (!isPublished || !publishes(areaId)))
      return { ...nothing, reason: 'borders-changed', missingParts: [...area.divided] };
    if (!isPublished) {
      const single = area.single.get(fromAge);
      return single
        ? over(areaId, fromAge, { basis: 'single doses', numerator: single[dose], rows: [] })
        : { ...nothing, reason: 'no-feed' };
    }
    const rows = rowsOf(areaId, fromAge, dose);
    if (rows) {
      const dataThroughDate = rows.map(({ date }) => date).reduce((first, date) => (date < first ? date : first));
      const numerator = rows.reduce((sum, row) => sum + row[dose]!, 0);
      return over(areaId, fromAge, { basis: 'published', numerator, rows, dataThroughDate });
    }
    if (!publishes(areaId)) return { ...nothing, reason: 'not-published' };
    const below = partsOf(areaId);
    const blank = blankAreas(areaId, fromAge, dose);
    if (blank) return { ...nothing, basis: 'published', reason: 'value-missing', missingParts: blank };
    const missingParts = below
      .filter((part) => rowsOf(part.areaId, fromAge, dose) === undefined)
      .map((part) => part.areaId);
    const silent = missingParts.filter((part) => !publishes(part));
    const ages = new Set(
      (area.groups.length > 0 ? [area] : below).flatMap(({ groups }) => groups.map((g) => g.ageGroup)),
    );
    return area.groups.length > 0 || silent.length === 0
      ? { ...nothing, basis: 'published', reason: 'other-ages', publishedAges: [...ages].sort(), missingParts }
      : { ...nothing, basis: 'published', reason: 'parts-missing', missingParts: silent };
  };

  /** Every published total of the area, or of the uppermost areas below it that publish. */
  const contributors = (areaId: string): CoverageRow[] => {
    const { groups } = byId.get(areaId)!;
    return groups.length > 0
      ? groups.map((group) => ({ ...group, areaId }))
      : partsOf(areaId).flatMap((part) => contributors(part.areaId));
  };
  return { coverage, contributors };
}

/** People of an area's ages, both ends included: its own figure, else the sum of all its parts'; undefined: not known. */
export function peopleOfAges(
  areas: readonly VaccinatedArea[],
): (areaId: string, ages: AgeRange) => { people: number; estimated: boolean } | undefined {
  const byId = new Map(areas.map((area) => [area.areaId, area]));
  const parts = Map.groupBy(areas, ({ parentId }) => parentId);
  const peopleOf = (areaId: string, ages: AgeRange): { people: number; estimated: boolean } | undefined => {
    const area = byId.get(areaId)!;
    // A total that was published stands before any sum.
    const whole = isAll(ages) && area.people.find(({ ageGroup }) => ageGroup === 'all');
    const own = whole ? [whole] : groupsOfAges(area.people, ages);
    const known = own ?? (parts.get(areaId) ?? []).map((part) => peopleOf(part.areaId, ages));
    return known.length === 0 || !isComplete(known)
      ? undefined
      : {
          people: known.reduce((sum, { people }) => sum + people, 0),
          estimated: known.some(({ estimated }) => estimated),
        };
  };
  return peopleOf;
}

const isAll = ({ from, to }: AgeRange) => from === 0 && to === Number.POSITIVE_INFINITY;
const isComplete = <Value>(values: readonly (Value | undefined)[]): values is Value[] => !values.includes(undefined);

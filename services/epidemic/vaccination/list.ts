import type { Database } from '#platform/database.ts';
import { ageRange, groupFrom } from '../../coverage/age-ranges.ts';
import { type CoverageRow, coverageOfAreas, type Dose, peopleOfAges } from '../../coverage/area-coverage.ts';
import { coverageAges, readPlacedAreas, readVaccinated } from '../../coverage/read-vaccinated.ts';
import type { Moment } from '../../district/moment.ts';

export interface VaccinationFilter {
  areaId?: string | undefined;
  /** Only the rows whose people add up to the area's coverage of these ages and this dose. */
  fromAge?: number | undefined;
  dose?: Dose | undefined;
}

type Item = Record<string, unknown>;
interface Rows {
  total: number;
  items: Item[];
}

/**
 * Vaccination by area and age group, by the rule of the figures: published totals where anything is published in the district, those of the area, else of the
 * uppermost areas below it that publish; single doses only where nothing is published, a row for each of the ages of the figures.
 */
export async function listVaccination(
  database: Database,
  moment: Moment,
  { areaId, fromAge, dose }: VaccinationFilter,
): Promise<Rows> {
  const areas = await readPlacedAreas(database, moment);
  const [vaccinated] = await readVaccinated(database, moment, areas, [moment.day]);
  const { coverage, contributors } = coverageOfAreas(vaccinated!);
  const people = peopleOfAges(vaccinated!);
  const singleDoses = (id: string, age: number) => {
    const [one, full] = [coverage(id, age, 'oneDose'), coverage(id, age, 'fullCourse')];
    const counted = { oneDose: one.numerator, fullCourse: full.numerator, additionalDose: null };
    const row = { areaId: id, ageGroup: groupFrom(age), date: moment.day, population: null, ...counted };
    return itemOf(row, 'single doses', one.denominator, one.estimated);
  };
  const asked = areas.map((area) => area.areaId).filter((id) => areaId === undefined || id === areaId);
  const published = (row: CoverageRow) => {
    const counted = row.population === null ? people(row.areaId, ageRange(row.ageGroup)!) : undefined;
    return itemOf(row, 'published', row.population ?? counted?.people ?? null, counted?.estimated);
  };
  const items = asked.flatMap((id): Item[] => {
    const ages = coverageAges.filter((age) => fromAge === undefined || age === fromAge);
    if (ages.some((age) => coverage(id, age, 'oneDose').basis === 'single doses'))
      return ages.map((age) => singleDoses(id, age));
    if (fromAge !== undefined) return coverage(id, fromAge, dose ?? 'oneDose').rows.map(published);
    // A question for every area names each total once, a question for one area what makes it up.
    return contributors(id)
      .filter((row) => areaId !== undefined || row.areaId === id)
      .map(published);
  });
  return { total: items.length, items };
}

function itemOf(
  row: CoverageRow,
  basis: 'published' | 'single doses',
  denominator: number | null,
  estimated: boolean | undefined,
): Item {
  const share = (people: number | null) =>
    people === null || !denominator ? null : Number((people / denominator).toFixed(5));
  return {
    areaId: row.areaId,
    ageGroup: row.ageGroup,
    basis,
    asOfDate: row.date,
    denominator,
    ...(estimated === undefined ? {} : { denominatorEstimated: estimated }),
    peopleAtLeastOneDose: row.oneDose,
    peopleFullCourse: row.fullCourse,
    peopleAdditionalDose: row.additionalDose,
    shareOneDose: share(row.oneDose),
    shareFullCourse: share(row.fullCourse),
  };
}

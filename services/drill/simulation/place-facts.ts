import { ageGroupName, peopleByAge } from './age-shares.ts';
import { type Fact, fact } from './fact.ts';
import type { ExercisePlace, PlaceArea } from './place.ts';

/** District 7 has its borders since its foundation, 1 April 1997 (decree 03-CP of 6 January 1997); the census of 2019 is of 1 April too. */
const bordersFrom = '1997-04-01';
const populationFrom = '2019-04-01';

/** The areas and people of the exercise's district, known from its first moment. Age groups of a parent are the sums of its children's. */
export function* placeFacts(place: ExercisePlace, recordedTime: number): Generator<Fact> {
  const time = Date.parse(`${bordersFrom}T00:00:00Z`);
  for (const area of place.areas)
    yield fact('area-revised', `area.${area.id}`, time, recordedTime, {
      areaId: area.id,
      parentId: area.parentId,
      level: area.level,
      name: area.name,
      ...(area.gsoCode ? { code: area.gsoCode } : {}),
      validFrom: bordersFrom,
      geometry: area.geometry as never,
      ...(area.level === 'neighbourhood' ? { estimated: true } : {}),
      source: area.source,
    });
  const counted = Date.parse(`${populationFrom}T00:00:00Z`);
  for (const [area, groups] of groupsByArea(place)) {
    const people = [
      { ageGroup: 'all', people: area.population, estimated: area.estimated },
      ...place.ageGroups.map((group, index) => ({
        ageGroup: ageGroupName(group),
        people: groups[index]!,
        estimated: true,
      })),
    ];
    for (const figure of people)
      yield fact('population-published', `population.${area.id}.${figure.ageGroup}`, counted, recordedTime, {
        areaId: area.id,
        validFrom: populationFrom,
        ...figure,
        source: area.source,
      });
  }
}

/** People by age group of every area, summed from the neighbourhoods upwards. */
export function groupsByArea(place: ExercisePlace): Map<PlaceArea, number[]> {
  const shares = place.ageGroups.map(({ share }) => share);
  const byId = new Map(place.areas.map((area) => [area.id, area]));
  const groups = new Map(place.areas.map((area) => [area, shares.map(() => 0)]));
  const parents = new Set(place.areas.map(({ parentId }) => parentId));
  for (const leaf of place.areas) {
    if (parents.has(leaf.id)) continue;
    const people = peopleByAge(leaf.population, shares);
    for (let area: PlaceArea | undefined = leaf; area; area = area.parentId ? byId.get(area.parentId) : undefined)
      groups.set(
        area,
        groups.get(area)!.map((sum, index) => sum + people[index]!),
      );
  }
  return groups;
}

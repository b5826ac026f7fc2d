/** People of an area in each age group, whole numbers that sum to the area's: largest remainders. */
export function peopleByAge(population: number, shares: readonly number[]): number[] {
  const exact = shares.map((share) => share * population);
  const people = exact.map(Math.floor);
  let left = population - people.reduce((sum, value) => sum + value, 0);
  const order = exact
    .map((_, index) => index)
    .sort((a, b) => exact[b]! - people[b]! - (exact[a]! - people[a]!) || a - b);
  for (const index of order) if (left-- > 0) people[index]!++;
  return people;
}

/** Name of an age group as the contracts spell it: "18-49", "65+". */
export const ageGroupName = ({ ageFrom, ageTo }: { ageFrom: number; ageTo: number | null }): string =>
  ageTo === null ? `${ageFrom}+` : `${ageFrom}-${ageTo}`;

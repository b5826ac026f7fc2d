import type { District, Lever } from './district.ts';

/** What all levers together amount to on one day. */
export interface LeverDay {
  /** contacts that remain, by ward */
  contacts: Float64Array;
  /** trips out of and into a ward that remain, by ward */
  travel: Float64Array;
  /** by ward: people who can be traced a day times the share of those who are infectious */
  tracingYield: Float64Array;
  firstDoses: Float64Array;
  secondDoses: Float64Array;
  beds: number;
  intensiveCare: number;
  isolationPlaces: number;
  /** people under a movement limit, businesses closed, people traced: for the bill */
  restricted: number;
  closedBusinesses: number;
  traced: number;
  tests: number;
  /** by ward: chance that a person is tested and, if infectious, found */
  testedShare: Float64Array;
}

/** One entry a day. Levers multiply where they reduce contacts and add where they bring capacity; amounts for several wards are shared by people. */
export function leverCalendar(district: District, levers: readonly Lever[], days: number): LeverDay[] {
  return Array.from({ length: days }, (_, day) => {
    const entry = untouched(district);
    const limited = new Set<number>();
    const open = new Float64Array(district.wards.length).fill(1);
    for (const lever of levers)
      if (day >= lever.fromDay && day <= lever.toDay) apply(district, lever, entry, limited, open);
    for (const w of limited) entry.restricted += district.wards[w]!.population.reduce((a, b) => a + b, 0);
    for (const [w, ward] of district.wards.entries()) entry.closedBusinesses += (1 - open[w]!) * ward.businesses;
    return entry;
  });
}

function untouched({ wards, capacity }: District): LeverDay {
  const n = wards.length;
  return {
    contacts: new Float64Array(n).fill(1),
    travel: new Float64Array(n).fill(1),
    tracingYield: new Float64Array(n),
    firstDoses: new Float64Array(n),
    secondDoses: new Float64Array(n),
    beds: capacity.beds,
    intensiveCare: capacity.intensiveCare,
    isolationPlaces: capacity.isolationPlaces,
    restricted: 0,
    closedBusinesses: 0,
    traced: 0,
    tests: 0,
    testedShare: new Float64Array(n),
  };
}

/** @param limited wards under a movement limit, and @param open share of businesses open by ward: under two limits of a kind people count once */
function apply(district: District, lever: Lever, day: LeverDay, limited: Set<number>, open: Float64Array): void {
  const chosen = district.wards.flatMap((ward, w) => (!lever.wards || lever.wards.includes(ward.id) ? [w] : []));
  const people = district.wards.map((ward) => ward.population.reduce((a, b) => a + b, 0));
  const all = chosen.reduce((sum, w) => sum + people[w]!, 0);
  for (const w of chosen) {
    const share = people[w]! / all;
    switch (lever.kind) {
      case 'vaccination':
        day.firstDoses[w]! += lever.firstDosesPerDay * share;
        day.secondDoses[w]! += lever.secondDosesPerDay * share;
        break;
      case '5K':
        day.contacts[w]! *= 1 - lever.adherence * lever.effect;
        break;
      case 'tracing':
        day.tracingYield[w]! += lever.tracedPerDay * lever.yieldShare * share;
        day.traced += lever.tracedPerDay * share;
        break;
      case 'testing':
        day.testedShare[w]! += Math.min(1, (lever.testsPerDay * share) / people[w]!) * lever.sensitivity;
        day.tests += lever.testsPerDay * share;
        break;
      case 'movement':
        day.travel[w]! *= 1 - lever.limit;
        day.contacts[w]! *= 1 - lever.limit * lever.contactShare;
        if (lever.limit > 0) limited.add(w);
        break;
      case 'business':
        day.contacts[w]! *= 1 - (1 - lever.openShare) * lever.contactShare;
        open[w]! *= lever.openShare;
        break;
      case 'treatment':
        break;
    }
  }
  if (lever.kind === 'treatment') {
    day.beds += lever.beds;
    day.intensiveCare += lever.intensiveCare;
  }
  if (lever.kind === 'tracing') day.isolationPlaces += lever.isolationPlaces;
}

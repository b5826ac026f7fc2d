import type { District, Lever } from './district.ts';

/** What all levers together amount to on one day. */
export interface LeverDay {
  /** contacts that remain, by ward */
  contacts: Float64Array;
  /** trips out of and into a ward that remain, by ward */
  travel: Float64Array;
  /** by ward: people who can be traced a day times the share of those who are infectious */
  tracingYield: Float64Array;
  /** by ward: infectious people that the contacts of one reported case hold */
  foundPerCase: Float64Array;
  firstDoses: Float64Array;
  secondDoses: Float64Array;
  /** by ward: days until a dose protects, and from the first to the second dose at least */
  protectionDelay: Int32Array;
  doseInterval: Int32Array;
  beds: number;
  intensiveCare: number;
  isolationPlaces: number;
  /** people under a movement limit, however mild; businesses closed, people traced */
  restricted: number;
  /** the same in proportion to the limit, of all ages and of those who work: for the bill */
  restrictedInFull: number;
  workersAtHome: number;
  closedBusinesses: number;
  traced: number;
  tests: number;
  /** by ward: chance that a person is tested and, if infectious, found */
  testedShare: Float64Array;
}

/**
 * One entry a day. Levers add where they bring capacity; amounts for several wards are shared by people. Those that cut contacts cut the same ones: the contacts that can
 * be avoided at all (those that depend on moving about, or more where a lever alone avoids more) are cut by each, the others by none. Alone each has its whole effect.
 */
export function leverCalendar(district: District, levers: readonly Lever[], days: number): LeverDay[] {
  return Array.from({ length: days }, (_, day) => {
    const entry = untouched(district);
    const limited = new Set<number>();
    const open = new Float64Array(district.wards.length).fill(1);
    const cuts = district.wards.map((): number[] => []);
    for (const lever of levers)
      if (day >= lever.fromDay && day <= lever.toDay) apply(district, lever, entry, limited, open, cuts);
    for (const [w, ward] of district.wards.entries()) {
      entry.contacts[w]! *= remainingContacts(cuts[w]!);
      // 1 - travel is the share that stays at home; some of them had no open business to go to
      const limit = 1 - entry.travel[w]!;
      const { workingShare, workersPerBusiness } = district.costs;
      const workers = ward.population.reduce((sum, people, g) => sum + people * workingShare[g]!, 0);
      const unemployed = Math.min(workers, (1 - open[w]!) * ward.businesses * workersPerBusiness);
      entry.restrictedInFull += limit * ward.population.reduce((a, b) => a + b, 0);
      entry.workersAtHome += limit * (workers - unemployed);
    }
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
    foundPerCase: new Float64Array(n),
    firstDoses: new Float64Array(n),
    secondDoses: new Float64Array(n),
    protectionDelay: new Int32Array(n),
    doseInterval: new Int32Array(n),
    beds: capacity.beds,
    intensiveCare: capacity.intensiveCare,
    isolationPlaces: capacity.isolationPlaces,
    restricted: 0,
    restrictedInFull: 0,
    workersAtHome: 0,
    closedBusinesses: 0,
    traced: 0,
    tests: 0,
    testedShare: new Float64Array(n),
  };
}

/** Share of contacts that depends on moving about: what measures of any kind can avoid of them, unless one is said to avoid more by itself. */
const avoidableShare = 0.5;

/** @param cuts shares of all contacts that each lever avoids when it is alone */
function remainingContacts(cuts: readonly number[]): number {
  if (cuts.length < 2) return 1 - (cuts[0] ?? 0);
  const avoidable = Math.max(avoidableShare, ...cuts);
  return 1 - avoidable + avoidable * cuts.reduce((left, cut) => left * (1 - cut / avoidable), 1);
}

/**
 * @param limited wards under a movement limit, and @param open share of businesses open by ward: under two limits of a kind people count once
 * @param cuts by ward, the share of contacts that each lever avoids when it is alone
 */
function apply(
  district: District,
  lever: Lever,
  day: LeverDay,
  limited: Set<number>,
  open: Float64Array,
  cuts: number[][],
): void {
  const chosen = district.wards.flatMap((ward, w) => (!lever.wards || lever.wards.includes(ward.id) ? [w] : []));
  const people = district.wards.map((ward) => ward.population.reduce((a, b) => a + b, 0));
  const all = chosen.reduce((sum, w) => sum + people[w]!, 0);
  for (const w of chosen) {
    const share = people[w]! / all;
    switch (lever.kind) {
      case 'vaccination':
        day.firstDoses[w]! += lever.firstDosesPerDay * share;
        day.secondDoses[w]! += lever.secondDosesPerDay * share;
        // of two programmes in a ward the slower one holds for both
        day.protectionDelay[w] = Math.max(day.protectionDelay[w]!, lever.protectionDelayDays ?? 0);
        day.doseInterval[w] = Math.max(day.doseInterval[w]!, lever.doseIntervalDays ?? 0);
        break;
      case '5K':
        cuts[w]!.push(lever.adherence * lever.effect);
        break;
      case 'tracing':
        day.tracingYield[w]! += lever.tracedPerDay * lever.yieldShare * share;
        day.foundPerCase[w] = Math.max(
          day.foundPerCase[w]!,
          lever.contactsPerCase === undefined ? Number.POSITIVE_INFINITY : lever.contactsPerCase * lever.yieldShare,
        );
        day.traced += lever.tracedPerDay * share;
        break;
      case 'testing':
        day.testedShare[w]! += Math.min(1, (lever.testsPerDay * share) / people[w]!) * lever.sensitivity;
        day.tests += lever.testsPerDay * share;
        break;
      case 'movement':
        day.travel[w]! *= 1 - lever.limit;
        cuts[w]!.push(lever.limit * lever.contactShare);
        if (lever.limit > 0) limited.add(w);
        break;
      case 'business':
        cuts[w]!.push((1 - lever.openShare) * lever.contactShare);
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

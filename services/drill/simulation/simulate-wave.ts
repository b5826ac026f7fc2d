import type { EventType } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { newEvent, newEventOf } from '#contracts/new-event.ts';
import { BusinessRegister } from './businesses.ts';
import { dayOf, instantOf } from './calendar.ts';
import { CapacityReports } from './capacity.ts';
import { CaseSource } from './cases.ts';
import { protectionOn } from './coverage.ts';
import { Directives } from './directives.ts';
import { epidemicCurve } from './epidemic-curve.ts';
import { Agenda, type Fact } from './fact.ts';
import { IncidentReports } from './incidents.ts';
import { Indicators } from './indicators.ts';
import { OfficeShifts, officersOf } from './officers.ts';
import type { ExercisePlace } from './place.ts';
import { randomFor } from './random.ts';
import { ResidentReports } from './resident-reports.ts';
import { HomeDoses, VaccinationCounts } from './vaccination.ts';
import { ViolationReports } from './violations.ts';

export interface WaveOptions {
  seed: number;
  /** A district pack, or anything of its shape. */
  pack: ExercisePlace;
  /** First and last local day, YYYY-MM-DD, both included. */
  from: string;
  to: string;
  /** The district of the exercise: its own journal, never the real one's. */
  district: string;
  /** What is said before anything else, such as the areas and their people. */
  opening?: Iterable<CloudEvent>;
  /** Cases found in the whole wave, about. */
  cases?: number;
  businesses?: number;
}

/** One message of the exercise. `at` is the moment of the exercise's clock at which it is sent; it never goes back. */
export interface DrillEvent {
  /** Place in the stream, from 0: names how far an exercise has come. */
  index: number;
  at: number;
  event: CloudEvent;
}

/**
 * The wave of 2021 in a district, as a stream of events in the order in which they became known: the opening, then the line list with its
 * delays and backlogs, vaccination, capacity, breaches of urban order, businesses, revenue, incidents, citizens' reports, officers and directives. The same options give the same stream, byte for
 * byte. One day is held in memory, and what is to come of the cases that there are.
 */
export function* simulateWave(options: WaveOptions): Generator<DrillEvent> {
  const { pack, seed, district } = options;
  const zone = pack.district.timeZone;
  const [from, to] = [dayOf(options.from), dayOf(options.to)];
  if (!(from <= to)) throw new Error(`to ${options.to} must be ${options.from} (from) or later`);
  const stamped = <Timed extends { time: number; recordedTime: number }>(fact: Timed) => ({
    ...fact,
    district,
    source: `drill/seed-${seed}`,
    time: new Date(fact.time).toISOString(),
    recordedTime: new Date(fact.recordedTime).toISOString(),
    exercise: true,
  });
  const envelope = (fact: Fact) => newEvent<EventType>(stamped(fact)).event as CloudEvent;
  let index = 0;
  const opening = instantOf(from, 0, zone);
  for (const event of options.opening ?? []) yield { index: index++, at: opening, event };

  const sources = sourcesOf(options);
  const apart = [
    new IncidentReports(pack, neighbourhoodsOf(pack), randomFor(seed, 'incidents')),
    new ResidentReports(pack, neighbourhoodsOf(pack), randomFor(seed, 'citizens')),
  ];
  const officers = officersOf(pack);
  const offices = [
    new OfficeShifts(officers, from, zone),
    new Directives(officers, zone, randomFor(seed, 'directives')),
  ];
  const sentAgain = new Agenda<{ at: number; fact: Fact }>();
  const random = randomFor(seed, 'sent again');
  for (let day = from; day <= to; day++) {
    const today = sources.flatMap((source) => source.factsOf(day)).map((fact) => ({ at: fact.recordedTime, fact }));
    // A sender that saw no answer sends once more: the very same event, an hour or a day later.
    for (const { fact } of today)
      if (random.chance(0.004)) {
        const later = day + random.whole(0, 1);
        const at = Math.max(fact.recordedTime + 3_600_000, instantOf(later, random.whole(480, 1320), zone));
        sentAgain.add(later, { at: Math.min(at, Math.max(fact.recordedTime, instantOf(later, 1439, zone))), fact });
      }
    today.push(...sentAgain.take(day));
    const said = [
      ...today.map(({ at, fact }) => ({ at, event: envelope(fact) })),
      // Not among `today`: each fact there draws from the generator that decides what is sent again.
      ...apart
        .flatMap((source) => source.factsOf(day))
        .map(({ definition, ...fact }) => ({
          at: fact.recordedTime,
          event: newEventOf(definition, stamped(fact)).event,
        })),
      ...offices
        .flatMap((source) => source.factsOf(day))
        .map(({ eventOf, ...fact }) => ({ at: fact.recordedTime, event: eventOf(stamped(fact)) })),
    ];
    said.sort((a, b) => a.at - b.at);
    for (const { at, event } of said) yield { index: index++, at, event };
  }
}

/** Areas that hold no others. */
function neighbourhoodsOf({ areas }: ExercisePlace) {
  const parents = new Set(areas.map(({ parentId }) => parentId));
  return areas.filter(({ id }) => !parents.has(id));
}

function sourcesOf({ pack, seed, cases = 20_000, businesses = 10_000, ...options }: WaveOptions) {
  const [from, to] = [dayOf(options.from), dayOf(options.to)];
  const neighbourhoods = neighbourhoodsOf(pack);
  const curve = epidemicCurve(from, to);
  const infectionsOn = (day: number) => cases * curve(day);
  const lineList = new CaseSource({
    place: pack,
    neighbourhoods,
    from,
    infectionsOn,
    protectionOn,
    random: randomFor(seed, 'cases'),
  });
  return [
    lineList,
    new VaccinationCounts(pack, randomFor(seed, 'vaccination')),
    new HomeDoses(pack, neighbourhoods, randomFor(seed, 'doses')),
    new CapacityReports(pack, () => lineList, randomFor(seed, 'capacity')),
    new ViolationReports(pack, neighbourhoods, randomFor(seed, 'violations')),
    new BusinessRegister(pack, neighbourhoods, from, businesses, randomFor(seed, 'businesses')),
    new Indicators(pack),
  ];
}

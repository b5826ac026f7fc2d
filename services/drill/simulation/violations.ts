import type { EventData } from '#contracts/catalogue.ts';
import { between, type Day, dayOf, dayText, instantOf } from './calendar.ts';
import { Agenda, type Fact, type FactSource, fact } from './fact.ts';
import { type ExercisePlace, holds, moved, type PlaceArea, type Point, pointIn } from './place.ts';
import type { Randomness } from './random.ts';
import { violationCourse, violationKinds } from './violation-course.ts';

/** Reports a day: works rest in the lockdown and start again in October. */
const reportsADay = [
  [dayOf('2021-06-01'), 10],
  [dayOf('2021-07-08'), 9],
  [dayOf('2021-07-12'), 3],
  [dayOf('2021-09-30'), 3.5],
  [dayOf('2021-10-20'), 15],
  [dayOf('2021-12-31'), 15],
] as const;

const reporters = ['Tổ trật tự đô thị', 'Thanh tra địa bàn', 'Người dân', 'Người dân', 'Tổ dân phố'];

/** Breaches of building and urban order with the steps that follow, and the same breach reported by a second person. */
export class ViolationReports implements FactSource {
  private readonly agenda = new Agenda<Fact>();
  private readonly zone: string;
  private readonly place: ExercisePlace;
  private readonly neighbourhoods: PlaceArea[];
  /** Where much is built. */
  private readonly activity: number[];
  private readonly random: Randomness;
  private number = 0;

  constructor(place: ExercisePlace, neighbourhoods: PlaceArea[], random: Randomness) {
    this.place = place;
    this.neighbourhoods = neighbourhoods;
    this.random = random;
    this.zone = place.district.timeZone;
    this.activity = neighbourhoods.map(({ population }) => Math.sqrt(population) * random.logNormal(0, 0.7));
  }

  factsOf(day: Day): Fact[] {
    const { random } = this;
    for (let reports = random.poisson(between(reportsADay, day)); reports > 0; reports--) this.report(day);
    return this.agenda.take(day);
  }

  private report(day: Day): void {
    const { random } = this;
    const { kind, building, words } = violationKinds[random.weighted(violationKinds.map(({ weight }) => weight))]!;
    const area = this.neighbourhoods[random.weighted(this.activity)]!;
    const spot = kind === 'canal-filling' ? this.bySomeWater() : { location: pointIn(area, random), area };
    const minute = random.whole(400, 1290);
    const violationId = this.newId();
    this.say(violationId, kind, words, spot, day, minute);
    const steps = violationCourse(building, random);
    this.followUp(violationId, steps, day, minute);
    if (random.chance(0.06)) this.reportAgain(violationId, kind, words, spot, day, minute);
  }

  private say(
    violationId: string,
    kind: EventData<'violation-reported'>['kind'],
    words: string[],
    spot: Spot,
    day: Day,
    minute: number,
  ): void {
    const { random } = this;
    const time = instantOf(day, minute, this.zone);
    // A report taken at the door is typed in within two hours.
    const recorded = instantOf(day, Math.min(1435, minute + random.whole(1, 120)), this.zone);
    this.agenda.add(
      day,
      fact('violation-reported', violationId, time, recorded, {
        violationId,
        kind,
        occurredAt: new Date(time).toISOString(),
        location: spot.location,
        ...(spot.area ? { areaId: spot.area.id, address: spot.area.name.slice(0, 200) } : {}),
        description: random.one(words),
        reporter: random.one(reporters),
        reference: `DT-${dayText(day).replaceAll('-', '')}-${violationId.slice(-4)}`,
      }),
    );
  }

  private followUp(
    violationId: string,
    steps: ReturnType<typeof violationCourse>,
    reported: Day,
    minute: number,
  ): void {
    steps.forEach(({ type, afterDays, data }, index) => {
      const at = reported + (minute + 130) / 1440 + afterDays;
      const day = Math.floor(at);
      const time = instantOf(day, (at - day) * 1440, this.zone);
      const { remedyDays, ...given } = data;
      const terms = {
        ...given,
        ...(remedyDays
          ? { remedyDueDate: dayText(day + Number(remedyDays)), decisionNumber: `DT-QD-${violationId.slice(-4)}` }
          : {}),
        ...(type === 'violation-minuted' ? { minutesNumber: `DT-BB-${violationId.slice(-4)}` } : {}),
      };
      const step = { violationId, occurredAt: new Date(time).toISOString(), officer: 'Cán bộ diễn tập', ...terms };
      this.agenda.add(day, fact(type, `${violationId}.${index + 1}`, time, time, step));
    });
  }

  /** A neighbour sees the same works within three days. Half of these are found out and merged. */
  private reportAgain(
    violationId: string,
    kind: EventData<'violation-reported'>['kind'],
    words: string[],
    spot: Spot,
    day: Day,
    minute: number,
  ): void {
    const { random } = this;
    const again = this.newId();
    const seen = day + random.whole(0, 3);
    const seenMinute = seen === day ? Math.min(1300, minute + 125) : random.whole(400, 1290);
    const location = moved(spot.location, random.normal() * 10, random.normal() * 10);
    this.say(again, kind, words, { ...spot, location }, seen, seenMinute);
    if (!random.chance(0.5)) return;
    const found = seen + random.whole(1, 4);
    const time = instantOf(found, random.whole(480, 1000), this.zone);
    const merged = {
      violationId: again,
      intoViolationId: violationId,
      occurredAt: new Date(time).toISOString(),
      officer: 'Cán bộ diễn tập',
    };
    this.agenda.add(found, fact('violation-merged', `${again}.m`, time, time, merged));
  }

  /** A place on the bank of a canal, inside the district if one is found soon. */
  private bySomeWater(): Spot {
    const { random } = this;
    let location: Point = { lon: this.place.district.centre[0], lat: this.place.district.centre[1] };
    for (let attempt = 0; attempt < 20; attempt++) {
      const { geometry } = random.one(this.place.waterways);
      const line = (geometry.type === 'Polygon' ? geometry.coordinates[0]! : geometry.coordinates) as [
        number,
        number,
      ][];
      const index = random.whole(0, line.length - 2);
      const [from, to] = [line[index]!, line[index + 1]!];
      const part = random.next();
      const on = { lon: from[0] + (to[0] - from[0]) * part, lat: from[1] + (to[1] - from[1]) * part };
      location = moved(on, random.normal() * 12, random.normal() * 12);
      const area = this.neighbourhoods.find(({ geometry: cell }) => holds(cell, location));
      if (area) return { location, area };
    }
    return { location, area: undefined };
  }

  private newId(): string {
    return `dt-vp-${String(++this.number).padStart(4, '0')}`;
  }
}

interface Spot {
  location: Point;
  area: PlaceArea | undefined;
}

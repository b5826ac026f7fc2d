import type { CaseStatus } from '#contracts/events/epidemic/case-confirmed.ts';
import { type Day, dayOf, dayText, instantOf } from './calendar.ts';
import { caseCourse } from './case-course.ts';
import { Agenda, type Fact, type FactSource, fact } from './fact.ts';
import { InfectionField } from './infections.ts';
import { Laboratory } from './laboratory.ts';
import { type ExercisePlace, moved, type PlaceArea, type Point, pointIn } from './place.ts';
import type { Randomness } from './random.ts';
import { officeMinute, reportedOn } from './reporting-hours.ts';

/** A case whose report is still on its way. */
interface Case {
  caseId: string;
  area: PlaceArea;
  location: Point;
  ageYears: number;
  sex: 'female' | 'male';
  exposure: 'community' | 'quarantine' | 'imported' | 'unknown';
  onset?: Day;
  specimen: Day;
  confirmed: Day;
  minute: number;
}

export interface CaseOptions {
  place: ExercisePlace;
  neighbourhoods: PlaceArea[];
  from: Day;
  /** Infections of a day that will be found. */
  infectionsOn: (day: Day) => number;
  /** Share of severe courses prevented by vaccination. */
  protectionOn: (day: Day) => number;
  random: Randomness;
}

/** The line list: confirmations with their delays, what becomes of each case, corrections, and people who were reported twice. */
export class CaseSource implements FactSource {
  /** People in hospital and in intensive care at the end of the last day asked for, whoever knows of it. */
  inHospital = 0;
  inIntensiveCare = 0;
  private readonly options: CaseOptions;
  private readonly field: InfectionField;
  private readonly laboratory: Laboratory;
  private readonly facts = new Agenda<Fact>();
  private readonly census = new Agenda<{ from: CaseStatus | 'none'; to: CaseStatus }>();
  /** Last home with a case, by area: the next may live there too. */
  private readonly lastHome = new Map<PlaceArea, Point>();
  private number = 0;

  constructor(options: CaseOptions) {
    this.options = options;
    this.field = new InfectionField(options.neighbourhoods, options.random);
    this.laboratory = new Laboratory(options.random);
  }

  factsOf(day: Day): Fact[] {
    const infections = this.options.random.poisson(this.options.infectionsOn(day));
    for (const index of this.field.spread(day, infections)) this.infect(day, this.options.neighbourhoods[index]!);
    for (const { from, to } of this.census.take(day)) {
      if (from === 'hospitalised') this.inHospital--;
      if (from === 'intensive-care') this.inIntensiveCare--;
      if (to === 'hospitalised') this.inHospital++;
      if (to === 'intensive-care') this.inIntensiveCare++;
    }
    return this.facts.take(day);
  }

  private infect(day: Day, area: PlaceArea): void {
    const { random, protectionOn } = this.options;
    const ageYears = this.age();
    const course = caseCourse(day, ageYears, protectionOn(day), (ready) => this.laboratory.released(ready), random);
    const infected: Case = {
      caseId: this.newId(),
      area,
      location: this.home(area),
      ageYears,
      sex: random.chance(0.51) ? 'female' : 'male',
      exposure: (['community', 'quarantine', 'imported', 'unknown'] as const)[
        random.weighted(day < dayOf('2021-10-01') ? [0.56, 0.38, 0.01, 0.05] : [0.78, 0.13, 0.02, 0.07])
      ]!,
      ...(course.onset === undefined ? {} : { onset: course.onset }),
      specimen: course.specimen,
      confirmed: course.confirmed,
      minute: officeMinute(random),
    };
    let known = reportedOn(course.confirmed, random);
    this.confirm(infected, known);
    let before: CaseStatus | 'none' = 'none';
    course.steps.forEach(({ day: since, status }, step) => {
      this.census.add(since, { from: before, to: status });
      before = status;
      known = later(known, reportedOn(since, random));
      this.advance(infected, `s${step + 1}`, status, since, known);
    });
    this.correct(infected);
    if (random.chance(0.012)) this.reportTwice(infected);
  }

  private confirm(infected: Case, known: Known): void {
    const { place } = this.options;
    const { caseId, onset } = infected;
    const zone = place.district.timeZone;
    this.put(known, (recordedTime) =>
      fact('case-confirmed', caseId, Math.min(instantOf(infected.confirmed, 720, zone), recordedTime), recordedTime, {
        caseId,
        areaId: infected.area.id,
        location: infected.location,
        ageYears: infected.ageYears,
        sex: infected.sex,
        ...(onset === undefined ? {} : { onsetDate: dayText(onset) }),
        specimenDate: dayText(infected.specimen),
        confirmedDate: dayText(infected.confirmed),
        exposure: infected.exposure,
        status: 'active',
        reporter: 'CDC (diễn tập)',
      }),
    );
  }

  private advance({ caseId }: Case, step: string, status: CaseStatus, since: Day, known: Known, reason?: string): void {
    this.put(known, (recordedTime) => {
      const happened = Math.min(instantOf(since, 600, this.options.place.district.timeZone), recordedTime);
      return fact('case-status-changed', `${caseId}.${step}`, happened, recordedTime, {
        caseId,
        status,
        since: new Date(happened).toISOString(),
        ...(reason ? { reason } : {}),
      });
    });
  }

  /** Three in a hundred: a date of onset found out later, an age typed wrong, an address that was the workplace. */
  private correct(infected: Case): void {
    const { random, neighbourhoods, place } = this.options;
    if (!random.chance(0.03)) return;
    // The slowest report comes after 11 days: a correction never comes before what it corrects.
    const known = { day: infected.confirmed + random.whole(12, 18), minute: officeMinute(random) };
    const area = random.one(neighbourhoods);
    const change = [
      { onsetDate: dayText(infected.specimen - random.whole(0, 3)), reason: 'Bổ sung ngày khởi phát sau điều tra' },
      { ageYears: Math.min(99, infected.ageYears + random.whole(1, 9)), reason: 'Nhập sai tuổi' },
      { areaId: area.id, location: pointIn(area, random), reason: 'Địa chỉ báo ban đầu là nơi làm việc' },
    ][random.weighted([0.5, 0.3, 0.2])]!;
    this.put(known, (recordedTime) =>
      fact(
        'case-corrected',
        `${infected.caseId}.fix`,
        instantOf(known.day, known.minute, place.district.timeZone),
        recordedTime,
        { caseId: infected.caseId, ...change },
      ),
    );
  }

  /** A second laboratory reports the same person under another number; somebody notices a few days later. */
  private reportTwice(infected: Case): void {
    const { random } = this.options;
    const again: Case = {
      ...infected,
      caseId: this.newId(),
      confirmed: infected.confirmed + random.whole(0, 2),
      location: moved(infected.location, random.normal() * 8, random.normal() * 8),
    };
    const known = reportedOn(again.confirmed, random);
    this.confirm(again, known);
    if (random.chance(0.85)) {
      const noticed = later(known, { day: known.day + random.whole(2, 9), minute: officeMinute(random) });
      this.advance(again, 'same', 'not-a-case', noticed.day, noticed, `Trùng với ca ${infected.caseId}`);
    }
  }

  private put(known: Known, make: (recordedTime: number) => Fact): void {
    this.facts.add(known.day, make(instantOf(known.day, known.minute, this.options.place.district.timeZone)));
  }

  /** A quarter of the cases live where the last one of the neighbourhood did. */
  private home(area: PlaceArea): Point {
    const { random } = this.options;
    const last = this.lastHome.get(area);
    const location =
      last && random.chance(0.25) ? moved(last, random.normal() * 6, random.normal() * 6) : pointIn(area, random);
    this.lastHome.set(area, location);
    return location;
  }

  private age(): number {
    const { random, place } = this.options;
    const group = place.ageGroups[random.weighted(place.ageGroups.map(({ share }) => share))]!;
    return random.whole(group.ageFrom, group.ageTo ?? 92);
  }

  private newId(): string {
    return `dt-f0-${String(++this.number).padStart(5, '0')}`;
  }
}

interface Known {
  day: Day;
  minute: number;
}

/** What follows is known at least ten minutes after what came before. */
function later(before: Known, wanted: Known): Known {
  if (wanted.day > before.day || (wanted.day === before.day && wanted.minute >= before.minute + 10)) return wanted;
  return before.minute + 10 < 1430
    ? { day: before.day, minute: before.minute + 10 }
    : { day: before.day + 1, minute: 480 };
}

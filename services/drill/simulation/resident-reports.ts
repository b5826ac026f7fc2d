import type { EventDefinition } from '#contracts/define-event.ts';
import type { EntityData } from '#lifecycle/entity/entity.ts';
import {
  reportClosed,
  reportPaused,
  reportRated,
  reportReceived,
  reportReopened,
  reportRouted,
} from '../../citizens/report/report.ts';
import { routeOf, units } from '../../citizens/routing/routing.ts';
import { between, type Day, dayOf, dayText, instantOf, isWeekend } from './calendar.ts';
import { Agenda, type EntityFact } from './fact.ts';
import { type ExercisePlace, moved, type PlaceArea, type Point, pointIn } from './place.ts';
import type { Randomness } from './random.ts';
import { otherAnswers, type ReportCourse, reportCourses } from './report-courses.ts';

/** Reports a working day. */
const reportsADay = [
  [dayOf('2021-06-01'), 26],
  [dayOf('2021-07-08'), 30],
  [dayOf('2021-07-12'), 22],
  [dayOf('2021-09-30'), 20],
  [dayOf('2021-10-20'), 34],
  [dayOf('2021-12-31'), 30],
] as const;

/** How far the days are those of the lockdown: 0 not at all, 1 altogether. */
const lockedDown = [
  [dayOf('2021-07-08'), 0],
  [dayOf('2021-07-12'), 1],
  [dayOf('2021-09-30'), 1],
  [dayOf('2021-10-15'), 0],
] as const;

const channels = ['app', 'app', 'app', 'app', 'hotline', '1022', '1022', 'counter'];
/** Minutes of the local day in which people write, and in which units answer. */
const waking = [370, 1400] as const;
const atWork = [450, 1020] as const;
const dayMinutes = 1440;

/** A report while it is played. Minutes are counted from the beginning of the local day of its receipt. */
interface Course {
  reportId: string;
  day: Day;
  minute: number;
  unit: string;
  course: ReportCourse;
}

/**
 * Reports of citizens: routed by the rules of the district, answered most in time and some late, reopened and judged; now and then the neighbour reports the same. Who
 * reports is not said. Draws from a generator of its own.
 */
export class ResidentReports {
  private readonly agenda = new Agenda<EntityFact>();
  private readonly zone: string;
  private readonly neighbourhoods: PlaceArea[];
  private readonly parentOf: ReadonlyMap<string, string | null>;
  private readonly wards: ReadonlySet<string>;
  private readonly activity: number[];
  private readonly random: Randomness;
  private number = 0;

  constructor({ district, areas }: ExercisePlace, neighbourhoods: PlaceArea[], random: Randomness) {
    this.neighbourhoods = neighbourhoods;
    this.random = random;
    this.zone = district.timeZone;
    this.parentOf = new Map(areas.map(({ id, parentId }) => [id, parentId]));
    this.wards = new Set(areas.flatMap(({ id, level }) => (level === 'ward' ? [id] : [])));
    this.activity = neighbourhoods.map(({ population }) => population * random.logNormal(0, 0.4));
  }

  /** What becomes known on a day; asked day after day. */
  factsOf(day: Day): EntityFact[] {
    const { random } = this;
    const mean = between(reportsADay, day) * (isWeekend(day) ? 0.7 : 1);
    for (let reports = random.poisson(mean); reports > 0; reports--) this.report(day);
    return this.agenda.take(day);
  }

  private report(day: Day): void {
    const { random } = this;
    const locked = between(lockedDown, day);
    const weights = reportCourses.map((one) => one.weight * (1 - locked) + one.lockedDown * locked);
    const course = reportCourses[random.weighted(weights)]!;
    const area = this.neighbourhoods[random.weighted(this.activity)]!;
    const location = pointIn(area, random);
    const minute = random.whole(...waking);
    this.answer(this.receive(course, day, minute, area, random.chance(0.92) ? location : undefined));
    if (!random.chance(0.1)) return;
    // The neighbour has the same trouble, and writes on that day or the next three.
    const again = day + random.whole(0, 3);
    const beside = moved(location, random.normal() * 9, random.normal() * 9);
    const later = again === day ? random.whole(minute, waking[1]) : random.whole(...waking);
    this.answer(this.receive(course, again, later, area, beside));
  }

  /** Says that a report came, and whose it is. @param location left out: only the neighbourhood was said */
  private receive(
    course: ReportCourse,
    day: Day,
    minute: number,
    area: PlaceArea,
    location: Point | undefined,
  ): Course {
    const { random } = this;
    const reportId = `dt-pa-${String(++this.number).padStart(5, '0')}`;
    const areaIds = this.withParents(area.id);
    const wardId = areaIds.find((id) => this.wards.has(id));
    const { unit, rule } = routeOf({ topic: course.topic, areaIds, wardId, day: dayText(day) });
    const received = { reportId, day, minute, unit, course };
    this.say(reportReceived, received, 'received', 0, {
      topic: course.topic,
      description: random.one(course.said),
      channel: random.one(channels),
      ...(location ? { location } : {}),
      areaId: area.id,
    });
    // With the report, so that nobody routes it before.
    this.say(reportRouted, received, 'routed', 0, { unit, routingRule: rule });
    return received;
  }

  /** Everything that follows a receipt. */
  private answer(received: Course): void {
    const { random } = this;
    let owner = received;
    let after = 0;
    if (random.chance(0.05)) {
      after += random.whole(60, 1200);
      const unit = random.one(units.filter((one) => one.unit !== owner.unit)).unit;
      owner = { ...owner, unit };
      this.say(reportRouted, owner, 'routed-2', after, { unit, routingNote: 'Chuyển đúng thẩm quyền' });
    }
    if (random.chance(0.06)) {
      after += random.whole(30, 900);
      this.say(reportPaused, owner, 'paused', after, { pauseReason: 'Cần vị trí cụ thể hơn' });
      after += random.whole(240, 2 * dayMinutes);
      this.say(reportRouted, owner, 'routed-3', after, { unit: owner.unit });
    }
    // A few lie about for long.
    const hours = owner.course.hours * random.logNormal(0, 0.75) * (random.chance(0.04) ? 8 : 1);
    after = this.close(owner, 1, after + hours * 60);
    const judged = this.rate(owner, 1, after);
    const reopens = judged === undefined ? random.chance(0.02) : judged.grade <= 2 && random.chance(0.6);
    if (!reopens) return;
    after = (judged?.minute ?? after) + random.whole(60, 4 * dayMinutes);
    this.say(reportReopened, owner, 'reopened', after, { reopenReason: 'Vẫn chưa được xử lý' });
    after = this.close(owner, 2, after + random.whole(300, 3 * dayMinutes));
    this.rate(owner, 2, after);
  }

  /** Says the answer, in working hours. Returns its minute. */
  private close(owner: Course, time: number, wished: number): number {
    const { random } = this;
    const after = this.atWorkFrom(owner, wished);
    const kind = random.weighted([74, 6, 12, 8]);
    const outcome = (['fixed', 'not-our-duty', 'no-breach', 'unable'] as const)[kind]!;
    const answer = outcome === 'fixed' ? random.one(owner.course.done) : otherAnswers[outcome];
    this.say(reportClosed, owner, `closed-${time}`, after, { outcome, answer });
    return after;
  }

  /** Two in five judge the answer; who waited long, less well. */
  private rate(owner: Course, time: number, closed: number): { grade: number; minute: number } | undefined {
    const { random } = this;
    if (!random.chance(0.4)) return undefined;
    const late = closed > 48 * 60;
    const grade = 1 + random.weighted(late ? [30, 25, 22, 15, 8] : [4, 6, 15, 35, 40]);
    const minute = closed + random.whole(20, 3 * dayMinutes);
    this.say(reportRated, owner, `rated-${time}`, minute, { satisfaction: grade, ratedUnit: owner.unit });
    return { grade, minute };
  }

  /** The first minute in working hours that is not before. Units work on every day of the exercise. */
  private atWorkFrom({ minute }: Course, after: number): number {
    const of = Math.ceil(minute + after);
    const inDay = of % dayMinutes;
    const [from, until] = atWork;
    if (inDay < from) return of - inDay + from - minute;
    return inDay > until ? of - inDay + dayMinutes + from - minute : of - minute;
  }

  private withParents(areaId: string): string[] {
    const ids: string[] = [];
    for (let id: string | null | undefined = areaId; id; id = this.parentOf.get(id)) ids.push(id);
    return ids;
  }

  /** @param after minutes since the receipt */
  private say(
    definition: EventDefinition<EntityData>,
    { reportId, day, minute }: Course,
    step: string,
    after: number,
    said: Record<string, unknown>,
  ): void {
    const minutes = minute + Math.ceil(after);
    const on = day + Math.floor(minutes / dayMinutes);
    const time = instantOf(on, minutes % dayMinutes, this.zone);
    this.agenda.add(on, {
      definition,
      id: `${reportId}.${step}`,
      time,
      recordedTime: time,
      data: { reportId, occurredAt: new Date(time).toISOString(), ...said },
    });
  }
}

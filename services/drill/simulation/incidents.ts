import type { EventDefinition } from '#contracts/define-event.ts';
import type { EntityData } from '#lifecycle/entity/entity.ts';
import { incidentCleared, incidentDismissed, incidentReported } from '../../incidents/incident.ts';
import { between, type Day, dayOf, instantOf, isWeekend } from './calendar.ts';
import { Agenda, type EntityFact } from './fact.ts';
import { type IncidentCourse, incidentCourses } from './incident-kinds.ts';
import { type ExercisePlace, type PlaceArea, pointIn } from './place.ts';
import type { Randomness } from './random.ts';

/** Incidents a working day: streets are empty in the lockdown, and full again in October. */
const incidentsADay = [
  [dayOf('2021-06-01'), 12],
  [dayOf('2021-07-08'), 10],
  [dayOf('2021-07-12'), 5],
  [dayOf('2021-09-30'), 5],
  [dayOf('2021-10-20'), 14],
  [dayOf('2021-12-31'), 14],
] as const;

/** Chance of a day on which streets are under water, by rain or by the tide: the rainy season, and the spring tides of its end. */
const floodChance = [
  [dayOf('2021-06-01'), 0.12],
  [dayOf('2021-09-01'), 0.15],
  [dayOf('2021-10-25'), 0.25],
  [dayOf('2021-12-01'), 0.1],
  [dayOf('2021-12-31'), 0.04],
] as const;
/** Incidents that a flooded day has beside those of a dry one. */
const floodIncidents = 12;

/** First and last minute of the local day. */
const rushHours = [
  [405, 540],
  [990, 1140],
] as const;
const waking = [330, 1439] as const;
const floodedHours = [900, 1230] as const;

const sources = ['hotline', 'hotline', 'patrol', 'camera', 'resident'];

/** Traffic and security incidents, each over after minutes to hours. Draws from a generator of its own. */
export class IncidentReports {
  private readonly agenda = new Agenda<EntityFact>();
  private readonly zone: string;
  private readonly neighbourhoods: PlaceArea[];
  private readonly activity: number[];
  private readonly random: Randomness;
  private number = 0;

  constructor({ district }: ExercisePlace, neighbourhoods: PlaceArea[], random: Randomness) {
    this.neighbourhoods = neighbourhoods;
    this.random = random;
    this.zone = district.timeZone;
    this.activity = neighbourhoods.map(({ population }) => Math.sqrt(population) * random.logNormal(0, 0.5));
  }

  /** What becomes known on a day; asked day after day. */
  factsOf(day: Day): EntityFact[] {
    const { random } = this;
    const streets = between(incidentsADay, day) * (isWeekend(day) ? 0.7 : 1);
    for (let dry = random.poisson(streets); dry > 0; dry--) {
      const course = this.courseBy(({ weight }) => weight);
      this.happen(course, day, this.minuteOf(course));
    }
    if (random.chance(between(floodChance, day)))
      for (let more = random.poisson(floodIncidents); more > 0; more--)
        this.happen(
          this.courseBy(({ flooded }) => flooded),
          day,
          random.whole(...floodedHours),
        );
    return this.agenda.take(day);
  }

  private courseBy(weight: (course: IncidentCourse) => number): IncidentCourse {
    return incidentCourses[this.random.weighted(incidentCourses.map(weight))]!;
  }

  /** Traffic gathers in the rush hours; the rest is spread from early morning to midnight. */
  private minuteOf({ traffic }: IncidentCourse): number {
    const { random } = this;
    const [from, to] = traffic && random.chance(0.6) ? random.one(rushHours) : waking;
    return random.whole(from, to);
  }

  private happen({ kind, severity, minutes, said }: IncidentCourse, day: Day, minute: number): void {
    const { random } = this;
    const incidentId = `dt-sc-${String(++this.number).padStart(4, '0')}`;
    const area = this.neighbourhoods[random.weighted(this.activity)]!;
    // Somebody calls within minutes.
    const known = minute + random.whole(1, 8);
    this.say(incidentReported, incidentId, day, minute, known, {
      kind,
      severity: random.weighted(severity) + 1,
      source: random.one(sources),
      location: pointIn(area, random),
      areaId: area.id,
      address: area.name.slice(0, 200),
      description: random.one(said),
    });
    const over = known + 2 + Math.ceil(minutes * random.logNormal(0, 0.8));
    if (random.chance(0.04))
      this.say(incidentDismissed, incidentId, day, over, over, { note: 'Đến nơi, không có sự cố' });
    else
      this.say(incidentCleared, incidentId, day, over, over + random.whole(0, 5), {
        outcome: random.one(['handled', 'handled', 'handled', 'handed-over', 'passed-by-itself']),
      });
  }

  /** Minutes are counted from the beginning of the local day, and may lead beyond its end. */
  private say(
    definition: EventDefinition<EntityData>,
    incidentId: string,
    day: Day,
    minute: number,
    knownMinute: number,
    said: Record<string, unknown>,
  ): void {
    const at = (minutes: number) => instantOf(day + Math.floor(minutes / 1440), minutes % 1440, this.zone);
    const time = at(minute);
    this.agenda.add(day + Math.floor(knownMinute / 1440), {
      definition,
      id: `${incidentId}.${definition.type.slice('incident-'.length)}`,
      time,
      recordedTime: at(knownMinute),
      data: { incidentId, occurredAt: new Date(time).toISOString(), ...said },
    });
  }
}

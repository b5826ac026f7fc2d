import { ageGroupName, peopleByAge } from './age-shares.ts';
import { type Day, dayOf, dayText, instantOf } from './calendar.ts';
import { coverageOn } from './coverage.ts';
import { Agenda, type Fact, type FactSource, fact } from './fact.ts';
import type { ExercisePlace, PlaceArea } from './place.ts';
import type { Randomness } from './random.ts';

interface Counter {
  ward: PlaceArea;
  ageFrom: number;
  ageGroup: string;
  population: number;
  daysLate: number;
  reach: number;
  /** What was last published. */
  said?: string;
}

/** What each ward publishes at seven in the morning of the day after, by age group: cumulative people, with a correction now and then. */
export class VaccinationCounts implements FactSource {
  private readonly counters: Counter[];
  private readonly zone: string;
  private readonly random: Randomness;

  constructor(place: ExercisePlace, random: Randomness) {
    this.zone = place.district.timeZone;
    this.random = random;
    const shares = place.ageGroups.map(({ share }) => share);
    this.counters = place.areas
      .filter(({ level }) => level === 'ward')
      .flatMap((ward) => {
        const daysLate = random.normal() * 3;
        const people = peopleByAge(ward.population, shares);
        return place.ageGroups.map((group, index) => ({
          ward,
          ageFrom: group.ageFrom,
          ageGroup: ageGroupName(group),
          population: people[index]!,
          daysLate: daysLate + random.normal(),
          reach: 0.97 + random.next() * 0.04,
        }));
      });
  }

  factsOf(day: Day): Fact[] {
    return this.counters.flatMap((counter) => this.publish(counter, day));
  }

  private publish(counter: Counter, day: Day): Fact[] {
    const { ward, ageGroup, population, reach } = counter;
    const coverage = coverageOn(counter.ageFrom, day - 1, counter.daysLate);
    if (!coverage || coverage.oneDose === 0) return [];
    // A file counted twice, or people who moved: once in a hundred reports the figure is off, and tomorrow's is right again.
    const slip = this.random.chance(0.01) ? 1 + this.random.normal() * 0.01 : 1;
    const people = (share: number) => Math.max(0, Math.round(population * share * reach * slip));
    const counts = {
      peopleAtLeastOneDose: people(coverage.oneDose),
      peopleFullCourse: people(coverage.fullCourse),
      peopleAdditionalDose: people(coverage.additionalDose),
    };
    const said = JSON.stringify(counts);
    if (said === counter.said) return [];
    counter.said = said;
    const recorded = instantOf(day, 420 + this.random.whole(0, 45), this.zone);
    const data = { areaId: ward.id, asOfDate: dayText(day - 1), ageGroup, population, ...counts };
    return [
      fact(
        'vaccination-count-published',
        `vac.${ward.id}.${ageGroup}.${day}`,
        instantOf(day - 1, 1260, this.zone),
        recorded,
        data,
      ),
    ];
  }
}

const dosesADay = 11;
/** Mobile teams go to homes from the day on which the city widened its campaign. */
const mobileFrom = dayOf('2021-07-22');

/** A sample of single doses, from teams that go to people's homes: a first one, and most times a second some weeks later. */
export class HomeDoses implements FactSource {
  private readonly agenda = new Agenda<Fact>();
  private readonly zone: string;
  private readonly neighbourhoods: PlaceArea[];
  private readonly random: Randomness;
  private number = 0;

  constructor(place: ExercisePlace, neighbourhoods: PlaceArea[], random: Randomness) {
    this.zone = place.district.timeZone;
    this.neighbourhoods = neighbourhoods;
    this.random = random;
  }

  factsOf(day: Day): Fact[] {
    if (day >= mobileFrom) for (let people = this.random.poisson(dosesADay); people > 0; people--) this.visit(day);
    return this.agenda.take(day);
  }

  private visit(day: Day): void {
    const { random } = this;
    const personKey = `dt-nguoi-${String(++this.number).padStart(5, '0')}`;
    const person = { personKey, areaId: random.one(this.neighbourhoods).id, ageYears: random.whole(50, 92) };
    const product = random.one(['Vắc-xin A (diễn tập)', 'Vắc-xin B (diễn tập)']);
    this.dose({ ...person, product, doseNumber: 1 }, day, `${personKey}.1`);
    if (random.chance(0.9))
      this.dose({ ...person, product, doseNumber: 2 }, day + random.whole(28, 56), `${personKey}.2`);
    // The paper list and the tablet both send it.
    if (random.chance(0.015)) this.dose({ ...person, product, doseNumber: 1 }, day, `${personKey}.1b`);
  }

  private dose(
    data: { personKey: string; areaId: string; ageYears: number; product: string; doseNumber: number },
    day: Day,
    id: string,
  ): void {
    const given = instantOf(day, this.random.whole(480, 1020), this.zone);
    const known = Math.min(given + this.random.whole(5, 400) * 60_000, instantOf(day, 1435, this.zone));
    const dose = { doseId: id.replace('.', '-'), courseDoses: 2, administeredDate: dayText(day), ...data };
    this.agenda.add(day, fact('dose-administered', id, given, known, dose));
  }
}

import type { BusinessStatus } from '#contracts/events/economy/business-registered.ts';
import { businessName, sectors } from './business-names.ts';
import { between, type Day, dayOf, dayText, instantOf } from './calendar.ts';
import { Agenda, type Fact, type FactSource, fact } from './fact.ts';
import { type ExercisePlace, type PlaceArea, pointIn } from './place.ts';
import type { Randomness } from './random.ts';

/**
 * Businesses at work (open, or open with limits) by day. 700 in the lockdown and nearly 4,500 on 2021-11-04 are the district's own
 * figures (press of November 2021, see the pack's facts); what lies between is drawn for the exercise.
 */
const active = [
  [dayOf('2021-06-01'), 9200],
  [dayOf('2021-06-20'), 7600],
  [dayOf('2021-07-08'), 6800],
  [dayOf('2021-07-10'), 3100],
  [dayOf('2021-08-22'), 1500],
  [dayOf('2021-08-24'), 800],
  [dayOf('2021-09-10'), 700],
  [dayOf('2021-09-17'), 700],
  [dayOf('2021-09-30'), 1050],
  [dayOf('2021-10-31'), 4200],
  [dayOf('2021-11-04'), 4480],
  [dayOf('2021-12-31'), 4520],
] as const;

/** Newly founded in the months after the lockdown; the register holds all others from the first day. */
const foundedLater = { from: dayOf('2021-10-05'), until: dayOf('2021-12-20'), businesses: 200 };

interface Business {
  businessId: string;
  essential: boolean;
  status: BusinessStatus;
  changed: Day;
  changes: number;
}

/** The register and what each business does as the rules change. What is active on a day is exact; that it is known takes up to three days. */
export class BusinessRegister implements FactSource {
  private readonly agenda = new Agenda<Fact>();
  private readonly zone: string;
  private readonly neighbourhoods: PlaceArea[];
  private readonly random: Randomness;
  private readonly from: Day;
  private readonly businesses: Business[] = [];
  private readonly total: number;

  constructor(place: ExercisePlace, neighbourhoods: PlaceArea[], from: Day, total: number, random: Randomness) {
    this.neighbourhoods = neighbourhoods;
    this.random = random;
    this.from = from;
    this.total = total;
    this.zone = place.district.timeZone;
  }

  factsOf(day: Day): Fact[] {
    if (day === this.from)
      this.load(this.total - foundedLater.businesses, Math.round(between(active, day) * this.scale));
    const days = foundedLater.until - foundedLater.from;
    if (day >= foundedLater.from && day < foundedLater.until)
      for (
        let count = Math.ceil(foundedLater.businesses / days);
        count > 0 && this.businesses.length < this.total;
        count--
      )
        this.found(day, 'open', day, instantOf(day, this.random.whole(480, 1020), this.zone));
    if (day > this.from) this.meetTheTarget(day);
    return this.agenda.take(day);
  }

  /** Active businesses today, whoever knows of it. */
  get active(): number {
    return this.businesses.reduce((sum, { status }) => sum + (isActive(status) ? 1 : 0), 0);
  }

  private get scale(): number {
    return this.total / 10_000;
  }

  private load(count: number, open: number): void {
    const recorded = instantOf(this.from, 1, this.zone);
    for (let index = 0; index < count; index++)
      this.found(
        this.from - this.random.whole(60, 5000),
        index % count < open
          ? this.random.chance(0.25)
            ? 'restricted'
            : 'open'
          : this.random.chance(0.6)
            ? 'suspended'
            : 'closed',
        this.from,
        recorded,
      );
  }

  private found(registered: Day, status: BusinessStatus, known: Day, recorded: number): void {
    const { random } = this;
    const number = this.businesses.length + 1;
    const { sector, essential, home, words } = sectors[random.weighted(sectors.map(({ weight }) => weight))]!;
    const area = random.one(this.neighbourhoods);
    const businessId = `dt-dn-${String(number).padStart(5, '0')}`;
    const household = random.chance(home);
    this.businesses.push({ businessId, essential, status, changed: known - 10, changes: 0 });
    this.agenda.add(
      known,
      fact('business-registered', businessId, Math.min(instantOf(registered, 540, this.zone), recorded), recorded, {
        businessId,
        name: businessName(words, number, random),
        form: household ? 'household' : 'enterprise',
        sector,
        areaId: area.id,
        location: pointIn(area, random),
        registeredDate: dayText(registered),
        status,
        employees: household ? random.whole(1, 6) : Math.round(random.logNormal(Math.log(12), 0.9)),
      }),
    );
  }

  /** Closes or opens as many as it takes, and lets as many again change places. */
  private meetTheTarget(day: Day): void {
    const wanted = Math.round(between(active, day) * this.scale) - this.active;
    const turnover = this.random.poisson(6 * this.scale);
    const toClose = Math.max(0, -wanted) + turnover;
    const toOpen = Math.max(0, wanted) + turnover;
    const lockdown = day < dayOf('2021-09-17');
    const rested = (business: Business) => business.changed <= day - 5;
    const open = this.businesses.filter((business) => isActive(business.status) && rested(business));
    const shut = this.businesses.filter(({ status, changed }) => status === 'suspended' && changed <= day - 5);
    // In the lockdown the essential ones are the last to shut.
    const closing = this.draw(open, toClose, (business) => (lockdown && business.essential ? 0.08 : 1));
    const opening = this.draw(shut, toOpen, (business) => (business.essential ? 3 : 1));
    for (const business of closing)
      this.change(business, !lockdown && this.random.chance(0.3) ? 'closed' : 'suspended', day);
    const limits = day < dayOf('2021-11-01') ? 0.45 : 0.15;
    for (const business of opening) this.change(business, this.random.chance(limits) ? 'restricted' : 'open', day);
  }

  /** Weighted draw without replacement (Efraimidis and Spirakis, 2006: the greatest log(u)/w). */
  private draw(from: Business[], count: number, weight: (business: Business) => number): Business[] {
    if (count >= from.length) return from;
    return from
      .map((business) => ({ business, key: Math.log(1 - this.random.next()) / weight(business) }))
      .sort((a, b) => b.key - a.key)
      .slice(0, count)
      .map(({ business }) => business);
  }

  private change(business: Business, status: BusinessStatus, day: Day): void {
    const { random } = this;
    business.status = status;
    business.changed = day;
    business.changes++;
    const known = day + random.weighted([0.66, 0.2, 0.09, 0.05]);
    const recorded = instantOf(known, random.whole(440, 1260), this.zone);
    this.agenda.add(
      known,
      fact(
        'business-status-changed',
        `${business.businessId}.${business.changes}`,
        instantOf(day, 360, this.zone),
        recorded,
        { businessId: business.businessId, status, effectiveDate: dayText(day) },
      ),
    );
  }
}

const isActive = (status: BusinessStatus) => status === 'open' || status === 'restricted';

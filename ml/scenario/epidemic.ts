import { Chance, type Turns } from '../numerics/chance.ts';
import * as at from './compartments.ts';
import type { District } from './district.ts';
import { DoseBook, vaccinate } from './doses.ts';
import type { LeverDay } from './lever-calendar.ts';
import { transmissionPerReproduction, wardMixing } from './mixing.ts';
import { Pressure } from './pressure.ts';
import { fillStart } from './start-state.ts';

/** What happened on one day in one ward: kept by the caller. */
export interface DayCounts {
  infections: Float64Array;
  /** reported cases by ward */
  reported: Float64Array;
  doses: number;
}

export class Epidemic {
  /** wards × ages × compartments */
  readonly state: Float64Array;
  readonly wards: number;
  readonly ages: number;
  inHospital = 0;
  inIntensiveCare = 0;
  isolated = 0;
  dead = 0;
  private readonly district: District;
  private readonly pressure: Pressure;
  private readonly transmissionPerReproduction: number;
  private readonly susceptibility: Float64Array;
  private readonly steps: number;
  private readonly dt: number;
  private transmission = 0;
  private readonly doses: DoseBook;
  /** reported cases of the day before, by ward: whose contacts can be traced */
  private readonly reportedBefore: Float64Array;
  private infected = 0;
  private infectedSevere = 0;

  // chances that hold all along
  private readonly leaveLatent: Chance;
  private readonly recoverChance: Chance;
  private readonly toHospital: Chance;
  private readonly leaveIsolation: Chance;
  private readonly leaveHospital: Chance;
  private readonly leaveCare: Chance;
  private readonly wane: Chance;
  private readonly forget: Chance;
  private readonly report = new Chance();
  private readonly severe: Chance[];
  private readonly toCare: Chance[];
  private readonly dieInCare: Chance[];
  // and those set as a day goes
  private readonly dieCrowded: Chance[];
  private readonly dieWithoutBed: Chance[];
  private readonly mildLeave = new Chance();
  private readonly severeLeave = new Chance();
  private readonly mildFoundShare = new Chance();
  private readonly severeFoundShare = new Chance();
  private readonly infection = new Chance();

  constructor(district: District, stepDays: number) {
    const { disease } = district;
    this.district = district;
    this.wards = district.wards.length;
    this.ages = district.ageGroups.length;
    this.doses = new DoseBook(this.wards, this.ages);
    this.reportedBefore = new Float64Array(this.wards);
    this.steps = Math.round(1 / stepDays);
    this.dt = stepDays;
    const mixing = wardMixing(district);
    this.pressure = new Pressure(district, mixing);
    this.transmissionPerReproduction = transmissionPerReproduction(district, mixing);
    this.susceptibility = Float64Array.of(1, ...disease.protectionInfection.map((protection) => 1 - protection));
    const within = (days: number) => new Chance(days > 0 ? stepDays / days : 0, true);
    this.leaveLatent = within(disease.latentDays);
    this.recoverChance = within(disease.infectiousDays);
    this.toHospital = within(disease.daysToHospital);
    this.leaveIsolation = within(disease.isolationDays);
    this.leaveHospital = within(disease.hospitalDays);
    this.leaveCare = within(disease.intensiveCareDays);
    this.wane = within(disease.vaccineWaningDays);
    this.forget = within(disease.immunityDays);
    this.severe = disease.severeShare.flatMap((share) =>
      [0, ...disease.protectionSevere].map((protection) => new Chance(share * (1 - protection), true)),
    );
    this.toCare = disease.intensiveCareShare.map((share) => new Chance(share, true));
    this.dieInCare = disease.deathShare.map((share) => new Chance(share, true));
    this.dieCrowded = disease.deathShare.map((share) => new Chance(share));
    this.dieWithoutBed = disease.deathShare.map(() => new Chance());
    this.state = new Float64Array(this.wards * this.ages * at.compartmentCount);
  }

  /** everybody to the start of path `path`: the district's, or that of the particle whose turn it is */
  reset(path: number, turns: Turns): void {
    const { fitted, start, disease } = this.district;
    const particle = fitted && fitted.length > 0 ? fitted[path % fitted.length]! : undefined;
    this.transmission = (particle?.reproductionNumber ?? disease.reproductionNumber) * this.transmissionPerReproduction;
    this.report.set(particle?.reportedShare ?? disease.reportedShare);
    fillStart(this.state, this.district, particle?.start ?? start, this.severe, turns);
    this.doses.reset(this.state);
    this.reportedBefore.fill(Number.NaN);
    this.inHospital = this.total(at.hospitalised);
    this.inIntensiveCare = this.total(at.intensiveCare);
    this.isolated = this.total(at.isolatedMild) + this.total(at.isolatedSevere);
    this.dead = this.total(at.dead);
  }

  /** one day in equal steps */
  day(levers: LeverDay, turns: Turns, counts: DayCounts): void {
    counts.infections.fill(0);
    counts.reported.fill(0);
    counts.doses = this.doses.day(this.state, levers, turns);
    for (let step = 0; step < this.steps; step++) {
      this.pressure.update(this.state, levers);
      this.step(levers, turns, counts, this.transmission * this.dt, this.leaveLatent);
    }
    this.reportedBefore.set(counts.reported);
  }

  /**
   * One day whose newly infectious are known: they are taken from the susceptible where infection was likeliest, and nobody else is infected.
   * @param onsets by ward, whole people
   * @param expected by ward, overwritten: the infections of this day at a reproduction number of 1
   */
  knownDay(levers: LeverDay, turns: Turns, counts: DayCounts, onsets: Float64Array, expected: Float64Array): void {
    counts.infections.fill(0);
    counts.reported.fill(0);
    counts.doses = vaccinate(this.state, this.wards, this.ages, levers, turns);
    this.pressure.update(this.state, levers);
    for (let w = 0; w < this.wards; w++) expected[w] = this.expose(w, onsets[w]!, turns);
    for (let step = 0; step < this.steps; step++) this.step(levers, turns, counts, 0, certain);
    this.reportedBefore.set(counts.reported);
  }

  /**
   * Moves people of a ward from susceptible to exposed, by how likely each age and dose was to be infected under the last pressure (alike, where there was none).
   * @returns infections a day to be expected there at a reproduction number of 1
   */
  expose(ward: number, people: number, turns: Turns): number {
    const { state: s, ages, susceptibility } = this;
    const { rate } = this.pressure;
    const weights = new Float64Array(ages * at.susceptibleCount);
    let expected = 0;
    let all = 0;
    for (const known of [true, false]) {
      for (let i = 0; i < weights.length; i++) {
        const [g, k] = [Math.floor(i / at.susceptibleCount), i % at.susceptibleCount];
        const force = known ? rate[ward * ages + g]! * this.transmissionPerReproduction : 1e-6;
        const susceptible = s[(ward * ages + g) * at.compartmentCount + k]!;
        weights[i] = susceptible * -Math.expm1(-force * susceptibility[k]!);
        all += weights[i]!;
      }
      if (known) expected = all;
      if (all > 0) break;
    }
    let left = people;
    for (let i = 0; i < weights.length && left > 0 && all > 0; i++) {
      const [g, k] = [Math.floor(i / at.susceptibleCount), i % at.susceptibleCount];
      const cell = (ward * ages + g) * at.compartmentCount;
      const here = Math.min(s[cell + k]!, turns.of(left, this.infection.set(weights[i]! / all)));
      all -= weights[i]!;
      left -= here;
      const severe = turns.of(here, this.severe[i]!);
      s[cell + k]! -= here;
      s[cell + at.exposedSevere]! += severe;
      s[cell + at.exposedMild]! += here - severe;
    }
    return expected;
  }

  total(compartment: number): number {
    let sum = 0;
    for (let i = compartment; i < this.state.length; i += at.compartmentCount) sum += this.state[i]!;
    return sum;
  }

  /** @param scale infections per unit of pressure in this step */
  private step(levers: LeverDay, turns: Turns, counts: DayCounts, scale: number, leaveLatent: Chance): void {
    const { state: s, ages, dt } = this;
    const { rate } = this.pressure;
    const crowded = this.crowd(levers);
    let places = levers.isolationPlaces - this.isolated;
    for (let w = 0; w < this.wards; w++) {
      this.find(dt * this.isolationRate(w, levers));
      let newlyInfectious = 0;
      let infectedInWard = 0;
      for (let g = 0; g < ages; g++) {
        const cell = (w * ages + g) * at.compartmentCount;

        // those who leave hospital come first, so that nobody passes two compartments in one step
        const inCare = s[cell + at.intensiveCare]!;
        const inBed = s[cell + at.hospitalised]!;
        let left = 0;
        let cared = 0;
        let discharged = 0;
        let died = 0;
        if (inCare > 0) {
          cared = turns.of(inCare, this.leaveCare);
          if (cared > 0) died = turns.of(cared, crowded ? this.dieCrowded[g]! : this.dieInCare[g]!);
          discharged = cared - died;
        }
        if (inBed > 0) {
          left = turns.of(inBed, this.leaveHospital);
          if (left > 0) {
            const toCare = turns.of(left, this.toCare[g]!);
            const lost = crowded ? turns.of(left - toCare, this.dieWithoutBed[g]!) : 0;
            discharged += left - toCare - lost;
            died += lost;
            cared -= toCare;
          }
        }

        let isolatedRecovered = 0;
        let isolatedWorse = 0;
        const quarantined = s[cell + at.isolatedMild]!;
        const quarantinedSevere = s[cell + at.isolatedSevere]!;
        if (quarantined > 0) isolatedRecovered = turns.of(quarantined, this.leaveIsolation);
        if (quarantinedSevere > 0) isolatedWorse = turns.of(quarantinedSevere, this.toHospital);

        // without a place nobody is isolated: they stay among the others
        const mild = s[cell + at.infectiousMild]!;
        let mildOut = 0;
        let mildFound = 0;
        if (mild > 0) {
          mildOut = turns.of(mild, this.mildLeave);
          if (mildOut > 0) {
            const found = turns.of(mildOut, this.mildFoundShare);
            mildFound = places >= found ? found : Math.max(0, places);
            mildOut -= found - mildFound;
            places -= mildFound;
          }
        }
        const severe = s[cell + at.infectiousSevere]!;
        let severeOut = 0;
        let severeFound = 0;
        if (severe > 0) {
          severeOut = turns.of(severe, this.severeLeave);
          if (severeOut > 0) {
            const found = turns.of(severeOut, this.severeFoundShare);
            severeFound = places >= found ? found : Math.max(0, places);
            severeOut -= found - severeFound;
            places -= severeFound;
          }
        }

        const latent = s[cell + at.exposedMild]!;
        const latentSevere = s[cell + at.exposedSevere]!;
        const mildOnset = latent > 0 ? turns.of(latent, leaveLatent) : 0;
        const severeOnset = latentSevere > 0 ? turns.of(latentSevere, leaveLatent) : 0;
        newlyInfectious += mildOnset + severeOnset;

        const force = rate[w * ages + g]! * scale;
        if (force > 0) this.infect(cell, g, force, turns);
        else this.infected = this.infectedSevere = 0;
        const { infected, infectedSevere } = this;
        this.fade(cell, turns);

        s[cell + at.exposedMild] = latent + infected - infectedSevere - mildOnset;
        s[cell + at.exposedSevere] = latentSevere + infectedSevere - severeOnset;
        s[cell + at.infectiousMild] = mild + mildOnset - mildOut;
        s[cell + at.infectiousSevere] = severe + severeOnset - severeOut;
        s[cell + at.isolatedMild] = quarantined + mildFound - isolatedRecovered;
        s[cell + at.isolatedSevere] = quarantinedSevere + severeFound - isolatedWorse;
        const admitted = severeOut - severeFound + isolatedWorse;
        s[cell + at.hospitalised] = inBed + admitted - left;
        s[cell + at.intensiveCare] = inCare - cared;
        s[cell + at.recovered]! += mildOut - mildFound + isolatedRecovered + discharged;
        s[cell + at.dead]! += died;
        this.isolated += mildFound + severeFound - isolatedRecovered - isolatedWorse;
        this.inHospital += admitted - left;
        this.inIntensiveCare -= cared;
        this.dead += died;
        infectedInWard += infected;
      }
      counts.infections[w]! += infectedInWard;
      if (newlyInfectious > 0) counts.reported[w]! += turns.of(newlyInfectious, this.report);
    }
  }

  /** takes the newly infected of one cell from the susceptible, into `infected` and `infectedSevere` */
  private infect(cell: number, group: number, force: number, turns: Turns): void {
    const { state: s, susceptibility, severe } = this;
    this.infected = 0;
    this.infectedSevere = 0;
    for (let k = 0; k < at.susceptibleCount; k++) {
      const susceptible = s[cell + k]!;
      if (susceptible <= 0) continue;
      const caught = turns.of(susceptible, this.infection.setRate(force * susceptibility[k]!));
      if (caught <= 0) continue;
      s[cell + k] = susceptible - caught;
      this.infected += caught;
      this.infectedSevere += turns.of(caught, severe[group * at.susceptibleCount + k]!);
    }
  }

  /** protection that fades: of two doses, and of an infection */
  private fade(cell: number, turns: Turns): void {
    const { state: s } = this;
    if (this.wane.probability > 0 && s[cell + at.twoDoses]! > 0) {
      const faded = turns.of(s[cell + at.twoDoses]!, this.wane);
      s[cell + at.twoDoses]! -= faded;
      s[cell + at.waned]! += faded;
    }
    if (this.forget.probability > 0 && s[cell + at.recovered]! > 0) {
      const faded = turns.of(s[cell + at.recovered]!, this.forget);
      s[cell + at.recovered]! -= faded;
      s[cell + at.waned]! += faded;
    }
  }

  /** sets what a lack of beds does to those who need one; false when there is none */
  private crowd(levers: LeverDay): boolean {
    const { deathShare, intensiveCareShare, deathFactorWithoutBed } = this.district.disease;
    if (this.inHospital <= levers.beds && this.inIntensiveCare <= levers.intensiveCare) return false;
    const excess = Math.max(0, 1 - levers.beds / Math.max(1e-9, this.inHospital));
    const excessCare = Math.max(0, 1 - levers.intensiveCare / Math.max(1e-9, this.inIntensiveCare));
    for (let g = 0; g < this.ages; g++) {
      this.dieCrowded[g]!.set(deathShare[g]! * (1 + excessCare * (deathFactorWithoutBed - 1)));
      this.dieWithoutBed[g]!.set(excess * deathShare[g]! * intensiveCareShare[g]!);
    }
    return true;
  }

  /** sets how the infectious of a ward leave when a share `found` of them is isolated */
  private find(found: number): void {
    const recover = this.recoverChance.probability;
    const worse = this.toHospital.probability;
    if (this.mildLeave.probability === recover + found && this.severeLeave.probability === worse + found) return;
    this.mildLeave.set(recover + found);
    this.severeLeave.set(worse + found);
    this.mildFoundShare.set(found / (recover + found));
    this.severeFoundShare.set(found / (worse + found));
  }

  /** chance a day that an infectious person of the ward is isolated: found anyway, in a test of all, or traced as far as the teams reach */
  private isolationRate(ward: number, levers: LeverDay): number {
    const { isolationPerDay } = this.district.disease;
    const { state: s, ages } = this;
    const rate = isolationPerDay + levers.testedShare[ward]!;
    const teams = levers.tracingYield[ward]!;
    if (teams <= 0) return Math.min(largestFoundPerDay, rate);
    let infectious = 0;
    for (let g = 0; g < ages; g++) {
      const cell = (ward * ages + g) * at.compartmentCount;
      infectious += s[cell + at.infectiousMild]! + s[cell + at.infectiousSevere]!;
    }
    // no more contacts can be traced than cases have: of the day before, or (on the first day) as many as fall ill in a day
    const before = this.reportedBefore[ward]!;
    const cases = Number.isNaN(before) ? infectious / this.district.disease.infectiousDays : before;
    const found = levers.foundPerCase[ward]!;
    // without a bound on contacts, a day without cases would be infinity times zero
    const capacity = found === Number.POSITIVE_INFINITY ? teams : Math.min(teams, cases * found);
    return Math.min(
      largestFoundPerDay,
      rate + Math.min(largestTracedPerDay, infectious > 0 ? capacity / infectious : 0),
    );
  }
}

const certain = new Chance(1);
const largestTracedPerDay = 0.25;
/** recovering and being found must stay a share of people in a step of a day */
const largestFoundPerDay = 0.5;

import type { District } from './district.ts';
import type { LeverDay } from './lever-calendar.ts';
import { transmissionRate, wardMixing } from './mixing.ts';

/**
 * Compartments of one ward and age group. Susceptible people by vaccination; from infection on, people by whether they will need a hospital, which the
 * vaccine decides at that moment.
 */
export const compartments = [
  'susceptible',
  'susceptible, one dose',
  'susceptible, two doses',
  'susceptible, waned',
  'exposed, mild',
  'exposed, severe',
  'infectious, mild',
  'infectious, severe',
  'isolated, mild',
  'isolated, severe',
  'hospitalised',
  'intensive care',
  'recovered',
  'dead',
] as const;
export const compartmentCount = compartments.length;
const [S, S1, S2, W, EM, ES, IM, IS, QM, QS, H, C, R, D] = Array.from(compartments, (_, k) => k) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** Draws how many of `people` a chance befalls: a binomial draw, or its mean. */
export type Draw = (people: number, probability: number) => number;
/** Rounds an amount of doses to people: at random by its fraction, or not at all. */
export type Round = (amount: number) => number;

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
  private readonly district: District;
  private readonly mixing: Float64Array;
  private readonly beta: number;
  private readonly people: Float64Array;
  private readonly severe: Float64Array;
  private readonly pressure: Float64Array;
  private readonly prevalence: Float64Array;
  private readonly kernels = new Map<LeverDay, Float64Array>();
  private readonly steps: number;
  private readonly dt: number;

  constructor(district: District, stepDays: number) {
    this.district = district;
    this.wards = district.wards.length;
    this.ages = district.ageGroups.length;
    this.mixing = wardMixing(district);
    this.beta = transmissionRate(district, this.mixing);
    this.steps = Math.round(1 / stepDays);
    this.dt = stepDays;
    this.people = Float64Array.from(district.wards.flatMap((ward) => ward.population));
    this.severe = Float64Array.from(
      district.disease.severeShare.flatMap((share) =>
        [0, ...district.disease.protectionSevere].map((protection) => share * (1 - protection)),
      ),
    );
    this.prevalence = new Float64Array(this.ages);
    this.pressure = new Float64Array(this.wards * this.ages);
    this.state = new Float64Array(this.wards * this.ages * compartmentCount);
    this.reset();
  }

  /** everybody back to the district's start */
  reset(): void {
    const { start, wards } = this.district;
    this.state.fill(0);
    wards.forEach((ward, w) => {
      ward.population.forEach((people, g) => {
        const at = (w * this.ages + g) * compartmentCount;
        const severe = this.severe[g * 4]!;
        const put = (compartment: number, table: number[][] | undefined) => {
          this.state[at + compartment] = table?.[w]?.[g] ?? 0;
        };
        put(S1, start.oneDose);
        put(S2, start.twoDoses);
        put(W, start.waned);
        put(R, start.recovered);
        for (const [table, mild, heavy] of [
          [start.exposed, EM, ES],
          [start.infectious, IM, IS],
        ] as const) {
          const all = table?.[w]?.[g] ?? 0;
          this.state[at + heavy] = Math.round(all * severe);
          this.state[at + mild] = all - Math.round(all * severe);
        }
        let others = 0;
        for (let k = 1; k < compartmentCount; k++) others += this.state[at + k]!;
        this.state[at + S] = people - others;
      });
    });
  }

  /** one day in equal steps */
  day(levers: LeverDay, draw: Draw, round: Round, counts: DayCounts): void {
    counts.infections.fill(0);
    counts.reported.fill(0);
    counts.doses = this.vaccinate(levers, round);
    for (let step = 0; step < this.steps; step++) this.step(levers, draw, counts);
  }

  total(compartment: number): number {
    let sum = 0;
    for (let at = compartment; at < this.state.length; at += compartmentCount) sum += this.state[at]!;
    return sum;
  }

  get inHospital(): number {
    return this.total(H);
  }
  get inIntensiveCare(): number {
    return this.total(C);
  }
  get isolated(): number {
    return this.total(QM) + this.total(QS);
  }
  get dead(): number {
    return this.total(D);
  }

  /** oldest group first; those who cannot be told from susceptible people take their share of the doses */
  private vaccinate(levers: LeverDay, round: Round): number {
    let given = 0;
    for (let w = 0; w < this.wards; w++) {
      given += this.giveDoses(w, levers.secondDoses[w]!, S1, S2, round);
      given += this.giveDoses(w, levers.firstDoses[w]!, S, S1, round);
    }
    return given;
  }

  private giveDoses(ward: number, doses: number, from: number, to: number, round: Round): number {
    let left = doses;
    for (let g = this.ages - 1; g >= 0 && left > 0; g--) {
      const at = (ward * this.ages + g) * compartmentCount;
      const s = this.state;
      const willing = s[at + from]!;
      if (willing <= 0) continue;
      const unaware = s[at + EM]! + s[at + ES]! + s[at + IM]! + s[at + R]!;
      const susceptible = s[at + S]! + s[at + S1]! + s[at + S2]! + s[at + W]!;
      const share = susceptible / (susceptible + unaware);
      const moved = Math.min(willing, round(left * share));
      s[at + from]! -= moved;
      s[at + to]! += moved;
      left -= share > 0 ? Math.min(left, moved / share) : 0;
    }
    return doses - left;
  }

  private step(levers: LeverDay, draw: Draw, counts: DayCounts): void {
    const { disease } = this.district;
    const { dt, state: s, ages } = this;
    this.forceOfInfection(levers);
    const excess = Math.max(0, 1 - levers.beds / Math.max(1e-9, this.inHospital));
    const icuExcess = Math.max(0, 1 - levers.intensiveCare / Math.max(1e-9, this.inIntensiveCare));
    let places = levers.isolationPlaces - this.isolated;
    const leaveLatent = dt / disease.latentDays;
    const recover = dt / disease.infectiousDays;
    const toHospital = dt / disease.daysToHospital;
    const leaveIsolation = dt / disease.isolationDays;
    const leaveHospital = dt / disease.hospitalDays;
    const leaveCare = dt / disease.intensiveCareDays;
    const wane = disease.vaccineWaningDays > 0 ? dt / disease.vaccineWaningDays : 0;
    const forget = disease.immunityDays > 0 ? dt / disease.immunityDays : 0;
    const protection = disease.protectionInfection;
    for (let w = 0; w < this.wards; w++) {
      const found = dt * this.isolationRate(w, levers);
      const mildFoundShare = found / (recover + found);
      const severeFoundShare = found / (toHospital + found);
      let newlyInfectious = 0;
      for (let g = 0; g < ages; g++) {
        const at = (w * ages + g) * compartmentCount;
        const force = this.pressure[w * ages + g]! * dt;

        // those who leave hospital, so that nobody passes two compartments in one step
        const leftCare = some(draw, s[at + C]!, leaveCare);
        const diedInCare = some(
          draw,
          leftCare,
          Math.min(1, disease.deathShare[g]! * (1 + icuExcess * (disease.deathFactorWithoutBed - 1))),
        );
        const leftHospital = some(draw, s[at + H]!, leaveHospital);
        const toCare = some(draw, leftHospital, disease.intensiveCareShare[g]!);
        const diedWithoutBed =
          excess > 0
            ? some(
                draw,
                leftHospital - toCare,
                Math.min(1, excess * disease.deathShare[g]! * disease.intensiveCareShare[g]!),
              )
            : 0;

        const isolatedRecovered = some(draw, s[at + QM]!, leaveIsolation);
        const isolatedWorse = some(draw, s[at + QS]!, toHospital);
        const mildOut = some(draw, s[at + IM]!, recover + found);
        const severeOut = some(draw, s[at + IS]!, toHospital + found);
        let mildFound = some(draw, mildOut, mildFoundShare);
        let severeFound = some(draw, severeOut, severeFoundShare);
        // without a place nobody is isolated: they stay among the others
        const mildKept = Math.max(0, mildFound - Math.max(0, places));
        mildFound -= mildKept;
        places -= mildFound;
        const severeKept = Math.max(0, severeFound - Math.max(0, places));
        severeFound -= severeKept;
        places -= severeFound;

        const mildOnset = some(draw, s[at + EM]!, leaveLatent);
        const severeOnset = some(draw, s[at + ES]!, leaveLatent);
        newlyInfectious += mildOnset + severeOnset;

        let infected = 0;
        let infectedSevere = 0;
        for (let k = 0; k < 4; k++) {
          const susceptible = s[at + k]!;
          if (susceptible <= 0 || force <= 0) continue;
          const chance = chanceOf(force * (k === 0 ? 1 : 1 - protection[k - 1]!));
          const caught = draw(susceptible, chance);
          if (caught <= 0) continue;
          s[at + k]! -= caught;
          infected += caught;
          infectedSevere += some(draw, caught, this.severe[g * 4 + k]!);
        }
        const waned = wane > 0 ? draw(s[at + S2]!, wane) : 0;
        const forgotten = forget > 0 ? draw(s[at + R]!, forget) : 0;

        s[at + S2]! -= waned;
        s[at + W]! += waned + forgotten;
        s[at + EM]! += infected - infectedSevere - mildOnset;
        s[at + ES]! += infectedSevere - severeOnset;
        s[at + IM]! += mildOnset - mildOut + mildKept;
        s[at + IS]! += severeOnset - severeOut + severeKept;
        s[at + QM]! += mildFound - isolatedRecovered;
        s[at + QS]! += severeFound - isolatedWorse;
        s[at + H]! += severeOut - severeFound - severeKept + isolatedWorse - leftHospital;
        s[at + C]! += toCare - leftCare;
        s[at + R]! +=
          mildOut -
          mildFound -
          mildKept +
          isolatedRecovered +
          (leftHospital - toCare - diedWithoutBed) +
          (leftCare - diedInCare) -
          forgotten;
        s[at + D]! += diedInCare + diedWithoutBed;
        counts.infections[w]! += infected;
      }
      if (newlyInfectious > 0) counts.reported[w]! += draw(newlyInfectious, disease.reportedShare);
    }
  }

  /** chance a day that an infectious person of the ward is isolated: found anyway, or traced as far as the teams reach */
  private isolationRate(ward: number, levers: LeverDay): number {
    const { isolationPerDay } = this.district.disease;
    const capacity = levers.tracingYield[ward]!;
    if (capacity <= 0) return isolationPerDay;
    let infectious = 0;
    for (let g = 0; g < this.ages; g++) {
      const at = (ward * this.ages + g) * compartmentCount;
      infectious += this.state[at + IM]! + this.state[at + IS]!;
    }
    return isolationPerDay + Math.min(largestTracedPerDay, infectious > 0 ? capacity / infectious : 0);
  }

  private forceOfInfection(levers: LeverDay): void {
    const { district, ages, wards, state: s, pressure, prevalence } = this;
    const { contacts } = district.mixing;
    const relative = district.disease.isolatedInfectiousness;
    const kernel = this.kernelOf(levers);
    pressure.fill(0);
    for (let b = 0; b < wards; b++) {
      prevalence.fill(0);
      for (let h = 0; h < ages; h++) {
        const at = (b * ages + h) * compartmentCount;
        const infectious = s[at + IM]! + s[at + IS]! + relative * (s[at + QM]! + s[at + QS]!);
        if (infectious <= 0) continue;
        const share = (this.beta * infectious) / this.people[b * ages + h]!;
        for (let g = 0; g < ages; g++) prevalence[g]! += share * contacts[g]![h]!;
      }
      for (let a = 0; a < wards; a++) {
        const reach = kernel[a * wards + b]!;
        for (let g = 0; g < ages; g++) pressure[a * ages + g]! += reach * prevalence[g]!;
      }
    }
  }

  /** contacts of ward a's people with ward b's that remain under the levers; worked out once for each day of the calendar */
  private kernelOf(levers: LeverDay): Float64Array {
    let kernel = this.kernels.get(levers);
    if (!kernel) {
      const { wards, mixing } = this;
      kernel = mixing.map((share, i) => {
        const [a, b] = [Math.floor(i / wards), i % wards];
        const travel = a === b ? 1 : Math.min(levers.travel[a]!, levers.travel[b]!);
        return share * travel * Math.sqrt(levers.contacts[a]! * levers.contacts[b]!);
      });
      this.kernels.set(levers, kernel);
    }
    return kernel;
  }
}

/** 1 - exp(-x); below 0.1 by its series (relative error under 2e-10), which is several times faster */
function chanceOf(x: number): number {
  return x < 0.1 ? x * (1 - (x / 2) * (1 - (x / 3) * (1 - (x / 4) * (1 - (x / 5) * (1 - x / 6))))) : -Math.expm1(-x);
}

/** most compartments of most wards are empty: no call for them */
function some(draw: Draw, people: number, probability: number): number {
  return people > 0 ? draw(people, probability) : 0;
}

const largestTracedPerDay = 0.25;

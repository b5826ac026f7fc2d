import * as at from './compartments.ts';
import type { District } from './district.ts';
import type { LeverDay } from './lever-calendar.ts';
import type { WardMixing } from './mixing.ts';

interface Kernels {
  distance: Float64Array;
  commuting: Float64Array | undefined;
}

/** The rate at which a susceptible person of each ward and age group is infected, per unit of transmission. */
export class Pressure {
  /** wards × ages, a day */
  readonly rate: Float64Array;
  private readonly district: District;
  private readonly mixing: WardMixing;
  private readonly people: Float64Array;
  private readonly contacts: Float64Array;
  private readonly prevalence: Float64Array;
  private readonly kernels = new Map<LeverDay, Kernels>();

  constructor(district: District, mixing: WardMixing) {
    this.district = district;
    this.mixing = mixing;
    this.people = Float64Array.from(district.wards.flatMap((ward) => ward.population));
    this.contacts = Float64Array.from(district.mixing.contacts.flat());
    this.rate = new Float64Array(this.people.length);
    this.prevalence = new Float64Array(this.people.length);
  }

  update(s: Float64Array, levers: LeverDay): void {
    const { rate, prevalence } = this;
    const ages = this.district.ageGroups.length;
    const wards = this.district.wards.length;
    const { commuters } = this.mixing;
    const kernels = this.kernelsOf(levers);
    rate.fill(0);
    for (let b = 0; b < wards; b++) {
      if (!this.prevail(s, b)) continue;
      for (let a = 0; a < wards; a++) {
        const near = kernels.distance[a * wards + b]!;
        const away = kernels.commuting ? kernels.commuting[a * wards + b]! : 0;
        for (let g = 0; g < ages; g++) {
          const reach = kernels.commuting ? near + commuters[g]! * (away - near) : near;
          rate[a * ages + g]! += reach * prevalence[g]!;
        }
      }
    }
  }

  /** contacts of each age group with the infectious of one ward; false when there are none */
  private prevail(s: Float64Array, ward: number): boolean {
    const { prevalence, contacts, people } = this;
    const ages = this.district.ageGroups.length;
    const relative = this.district.disease.isolatedInfectiousness;
    let any = false;
    for (let h = 0; h < ages; h++) {
      const cell = (ward * ages + h) * at.compartmentCount;
      const infectious =
        s[cell + at.infectiousMild]! +
        s[cell + at.infectiousSevere]! +
        relative * (s[cell + at.isolatedMild]! + s[cell + at.isolatedSevere]!);
      if (infectious <= 0) continue;
      if (!any) prevalence.fill(0, 0, ages);
      any = true;
      const share = infectious / people[ward * ages + h]!;
      for (let g = 0; g < ages; g++) prevalence[g]! += share * contacts[g * ages + h]!;
    }
    return any;
  }

  /** contacts of ward a's people with ward b's that remain under the levers; worked out once for each day of the calendar */
  private kernelsOf(levers: LeverDay): Kernels {
    let kernels = this.kernels.get(levers);
    if (!kernels) {
      const wards = this.district.wards.length;
      const remaining = (share: number, i: number): number => {
        const [a, b] = [Math.floor(i / wards), i % wards];
        const travel = a === b ? 1 : Math.min(levers.travel[a]!, levers.travel[b]!);
        return share * travel * Math.sqrt(levers.contacts[a]! * levers.contacts[b]!);
      };
      kernels = {
        distance: this.mixing.distance.map(remaining),
        commuting: this.mixing.commuting?.map(remaining),
      };
      this.kernels.set(levers, kernels);
    }
    return kernels;
  }
}

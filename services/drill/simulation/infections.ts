import type { Day } from './calendar.ts';
import { kilometresBetween, type PlaceArea } from './place.ts';
import type { Randomness } from './random.ts';

/** How much of the infectious pressure comes from one's own area, from near ones, from the whole district. */
const mixing = { own: 0.5, near: 0.36, district: 0.14 };
const reachKm = 0.55;
/** Share of new infections by days since the infector's own: a gamma of mean 5 days, sd 2, cut at 14. */
const generation = discreteGamma(6.25, 1.25, 14);

/**
 * Where the day's infections are: a renewal process over neighbourhoods. How many there are is given (the curve); that they cluster, and
 * that a cluster spreads to its neighbours and burns out, comes from here.
 */
export class InfectionField {
  private readonly areas: PlaceArea[];
  private readonly random: Randomness;
  /** Infections by area, one column for each of the last days; [0] is yesterday. */
  private readonly recent: Float64Array[];
  private readonly everInfected: Float64Array;
  private readonly susceptibility: Float64Array;
  private readonly near: Float64Array[];

  constructor(areas: PlaceArea[], random: Randomness) {
    this.areas = areas;
    this.random = random;
    this.recent = generation.map(() => new Float64Array(areas.length));
    this.everInfected = new Float64Array(areas.length);
    const byWard = new Map<string | null, number>();
    this.susceptibility = Float64Array.from(areas, ({ parentId }) => {
      if (!byWard.has(parentId)) byWard.set(parentId, random.logNormal(0, 0.35));
      return byWard.get(parentId)! * random.logNormal(0, 0.45);
    });
    this.near = areas.map((area) => nearness(area, areas));
    // The wave starts in three places, some days ago.
    for (let cluster = 0; cluster < 3; cluster++)
      this.recent[random.whole(2, 5)]![random.whole(0, areas.length - 1)]! += 4;
  }

  /** Areas (by index) of the day's new infections, one entry each. */
  spread(_day: Day, infections: number): number[] {
    const pressure = this.pressure();
    const sums = new Float64Array(pressure.length);
    let sum = 0;
    for (let index = 0; index < pressure.length; index++) {
      sum += pressure[index]!;
      sums[index] = sum;
    }
    const found: number[] = [];
    const today = this.recent.pop()!.fill(0);
    for (let count = 0; count < infections; count++) {
      const area = firstAbove(sums, this.random.next() * sum);
      found.push(area);
      today[area]!++;
      this.everInfected[area]!++;
    }
    this.recent.unshift(today);
    return found;
  }

  private pressure(): Float64Array {
    const size = this.areas.length;
    const infectious = new Float64Array(size);
    for (let ago = 0; ago < generation.length; ago++) {
      const column = this.recent[ago]!;
      for (let index = 0; index < size; index++) infectious[index]! += generation[ago]! * column[index]!;
    }
    const mean = infectious.reduce((sum, value) => sum + value, 0) / size;
    return Float64Array.from(this.areas, (area, index) => {
      const near = this.near[index]!;
      let fromNear = 0;
      for (let other = 0; other < size; other++) fromNear += near[other]! * infectious[other]!;
      // One found infection stands for about three: the hidden ones use up the area too.
      const left = Math.max(0.02, 1 - (3 * this.everInfected[index]!) / area.population);
      const from = mixing.own * infectious[index]! + mixing.near * fromNear + mixing.district * mean + 0.001;
      return from * left * this.susceptibility[index]! * area.population;
    });
  }
}

function nearness(area: PlaceArea, areas: PlaceArea[]): Float64Array {
  const weights = Float64Array.from(areas, (other) =>
    other === area ? 0 : Math.exp(-kilometresBetween(area.labelPoint, other.labelPoint) / reachKm),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0) || 1;
  return weights.map((weight) => weight / sum);
}

function firstAbove(sums: Float64Array, value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function discreteGamma(shape: number, rate: number, days: number): number[] {
  const density = Array.from(
    { length: days },
    (_, index) => (index + 1) ** (shape - 1) * Math.exp(-rate * (index + 1)),
  );
  const sum = density.reduce((total, value) => total + value, 0);
  return density.map((value) => value / sum);
}

import type { District } from './district.ts';

/** Where the contacts of a ward's people take place; in the matrices each row sums to 1. */
export interface WardMixing {
  /** wards × wards */
  distance: Float64Array;
  commuting: Float64Array | undefined;
  /** by age group: share of contacts that follow commuting, the others distance */
  commuters: Float64Array;
}

export function wardMixing(district: District): WardMixing {
  const { commuting } = district.mixing;
  return {
    distance: byDistance(district),
    commuting: commuting && Float64Array.from(commuting.shares.flat()),
    commuters: Float64Array.from(commuting ? commuting.contactShare : district.ageGroups.map(() => 0)),
  };
}

/** the own-ward share at home, the rest elsewhere in proportion to people times exp(-distance) */
function byDistance({ wards, mixing }: District): Float64Array {
  const n = wards.length;
  const people = wards.map((ward) => ward.population.reduce((a, b) => a + b, 0));
  const out = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    let total = 0;
    for (let b = 0; b < n; b++) {
      if (a === b) continue;
      const pull = people[b]! * Math.exp(-kilometres(wards[a]!.position, wards[b]!.position) / mixing.distanceKm);
      out[a * n + b] = pull;
      total += pull;
    }
    const elsewhere = total > 0 ? 1 - mixing.ownWardShare : 0;
    for (let b = 0; b < n; b++) if (a !== b) out[a * n + b]! *= total > 0 ? elsewhere / total : 0;
    out[a * n + a] = 1 - elsewhere;
  }
  return out;
}

function kilometres(a: readonly [number, number], b: readonly [number, number]): number {
  const x = (b[0] - a[0]) * Math.cos(((a[1] + b[1]) * Math.PI) / 360);
  return 111.195 * Math.hypot(x, b[1] - a[1]);
}

/**
 * Infections a day that one infectious person causes per unit of relative contact, such that the next-generation matrix of a wholly susceptible
 * district, nothing done, has 1 as its largest eigenvalue (power iteration): times a reproduction number it gives that one.
 */
export function transmissionPerReproduction(
  district: District,
  { distance, commuting, commuters }: WardMixing,
): number {
  const { wards, disease, mixing } = district;
  const ages = district.ageGroups.length;
  const n = wards.length;
  let vector = new Float64Array(n * ages).fill(1);
  let eigenvalue = 0;
  for (let step = 0; step < 2_000; step++) {
    const next = new Float64Array(n * ages);
    for (let b = 0; b < n; b++)
      for (let g = 0; g < ages; g++) {
        let met = 0;
        for (let h = 0; h < ages; h++) {
          const people = wards[b]!.population[h]!;
          if (people > 0) met += (mixing.contacts[g]![h]! * vector[b * ages + h]!) / people;
        }
        const away = commuters[g]!;
        for (let a = 0; a < n; a++) {
          const near = distance[a * n + b]!;
          const share = commuting ? near + away * (commuting[a * n + b]! - near) : near;
          next[a * ages + g]! += wards[a]!.population[g]! * share * met;
        }
      }
    const size = next.reduce((sum, value) => sum + value, 0);
    const before = vector.reduce((sum, value) => sum + value, 0);
    const change = Math.abs(size / before - eigenvalue);
    eigenvalue = size / before;
    vector = next.map((value) => value / size);
    if (change < 1e-13 * eigenvalue) break;
  }
  return 1 / (eigenvalue * disease.infectiousDays);
}

import type { District } from './district.ts';

/**
 * Where the contacts of a ward's people take place: the own-ward share at home, the rest elsewhere in proportion to people times exp(-distance).
 * @returns wards × wards, each row sums to 1
 */
export function wardMixing({ wards, mixing }: District): Float64Array {
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
 * district, nothing done, has the disease's reproduction number as its largest eigenvalue (power iteration).
 */
export function transmissionRate(district: District, ward: Float64Array): number {
  const { wards, disease, mixing } = district;
  const ages = district.ageGroups.length;
  const n = wards.length;
  let vector = new Float64Array(n * ages).fill(1);
  let eigenvalue = 0;
  for (let step = 0; step < 2_000; step++) {
    const next = new Float64Array(n * ages);
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++) {
        const share = ward[a * n + b]!;
        if (share === 0) continue;
        for (let g = 0; g < ages; g++)
          for (let h = 0; h < ages; h++) {
            const people = wards[b]!.population[h]!;
            if (people > 0)
              next[a * ages + g]! +=
                (wards[a]!.population[g]! * share * mixing.contacts[g]![h]! * vector[b * ages + h]!) / people;
          }
      }
    const size = next.reduce((sum, value) => sum + value, 0);
    const before = vector.reduce((sum, value) => sum + value, 0);
    const change = Math.abs(size / before - eigenvalue);
    eigenvalue = size / before;
    vector = next.map((value) => value / size);
    if (change < 1e-13 * eigenvalue) break;
  }
  return disease.reproductionNumber / (eigenvalue * disease.infectiousDays);
}

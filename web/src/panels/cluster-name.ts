import type { Cluster } from '../api/outlook-answers.ts';

/** A cluster is called by its likeliest area, and by how many there are besides. */
export function clusterName(
  { areaIds }: Pick<Cluster, 'areaIds'>,
  nameOf: (areaId: string) => string,
  words: { around: (area: string, others: string) => string },
): string {
  const [first, ...others] = areaIds;
  const name = nameOf(first!);
  return others.length ? words.around(name, String(others.length)) : name;
}

/** p in as many digits as its Monte-Carlo replications can tell, four at least: the tail beyond them is told too. */
export const writtenP = (p: number, replications: number, number: (value: number, digits: number) => string): string =>
  number(p, Math.max(4, Math.ceil(Math.log10(replications + 1))));

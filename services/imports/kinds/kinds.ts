import { businesses } from './businesses.ts';
import { capacity } from './capacity.ts';
import { caseCounts } from './case-counts.ts';
import { cases } from './cases.ts';
import type { Kind, KindName } from './kind.ts';
import { population } from './population.ts';
import { vaccination } from './vaccination.ts';
import { violations } from './violations.ts';

/** Kinds whose rows stand for themselves. Areas are checked as a whole, against each other: see areas.ts. */
export const rowKinds: Record<Exclude<KindName, 'areas'>, Kind> = {
  population,
  cases,
  'case-counts': caseCounts,
  vaccination,
  capacity,
  violations,
  businesses,
};

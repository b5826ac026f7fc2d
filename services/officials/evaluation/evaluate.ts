import { wilsonInterval } from '../../district/wilson-interval.ts';
import { type EvaluationFormula, type FormulaId, fewestRows } from './formulas.ts';

export const disputeStates = ['open', 'accepted', 'rejected'] as const;

/** A row of a ledger that a number of an officer is made of. */
export interface LedgerRow {
  formula: FormulaId;
  /** Names it within the formula: `call/CALL/ATTEMPT`, `directive/ID`, `report/ID`, `rating/ID`. */
  rowId: string;
  /** When it happened. RFC 3339. */
  at: string;
  /** Share: 1 hit, 0 none. Median: seconds. */
  value: number;
  /** Left out of the count by the formula: a code, null when it counts. */
  leftOut: 'caller-hung-up' | 'carrier-failed' | 'not-answered' | 'not-our-duty' | 'withdrawn' | null;
  /** What the ledger says: a value of it, such as `busy`. */
  said: string | null;
  dispute: { disputeId: string; state: (typeof disputeStates)[number]; reason: string; decision: string | null } | null;
}

/** A number with what it is made of. */
export interface Score {
  formula: FormulaId;
  version: number;
  /** Rows that count. */
  rows: number;
  /** null: fewer rows than are told of. */
  value: number | null;
  low: number | null;
  high: number | null;
  hidden: boolean;
}

/** A row counts: the formula takes it, and no accepted dispute took it away. */
export const counts = ({ leftOut, dispute }: LedgerRow): boolean => leftOut === null && dispute?.state !== 'accepted';

/**
 * Median of seconds with its 95 % interval by order statistics, the ranks rounded outwards.
 *
 * @see Campbell, M. J., Gardner, M. J. (1988), Calculating confidence intervals for some non-parametric analyses, BMJ 296, 1454–1456
 */
function medianOf(values: readonly number[]): { value: number; low: number; high: number } {
  const sorted = values.toSorted((one, other) => one - other);
  const all = sorted.length;
  const middle = (all - 1) / 2;
  const value = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  const reach = (1.959963984540054 * Math.sqrt(all)) / 2;
  const rank = (at: number) => sorted[Math.min(all - 1, Math.max(0, at))]!;
  return { value, low: rank(Math.floor(all / 2 - reach) - 1), high: rank(Math.ceil(all / 2 + reach)) };
}

/** The number of a formula from its rows: of fewer than five nothing is told. Pure. */
export function scoreOf({ id, version, kind }: EvaluationFormula, ledger: readonly LedgerRow[]): Score {
  const counted = ledger.filter((row) => row.formula === id && counts(row));
  const common = { formula: id, version, rows: counted.length };
  if (counted.length < fewestRows) return { ...common, value: null, low: null, high: null, hidden: true };
  const numbers =
    kind === 'share'
      ? wilsonInterval(counted.filter(({ value }) => value === 1).length, counted.length)
      : medianOf(counted.map(({ value }) => value));
  return { ...common, ...numbers, hidden: false };
}

/** A count of people: at least `known`, at most `high`; null: nobody can say how many more. */
export interface Counted {
  known: number;
  high: number | null;
}

/** A share of people with its numbers; null: not known. */
export interface KnownShare {
  numerator: number | null;
  denominator: number | null;
  /** Of which area it is: the area itself, or the one above it that is told of. */
  ofArea: string;
  /** Why there is none (services/coverage). */
  reason?: string | undefined;
  /** Last day of what was counted, YYYY-MM-DD. */
  dataThrough?: string | undefined;
}

/** Everything else that must be known of an assessment: a code and its parameters; the words are the reader's. */
export interface Reason {
  code: ReasonCode;
  parameters: Readonly<Record<string, number | string | null>>;
}

export const reasonCodes = [
  'no-population',
  'nobody-lives-here',
  'no-cases-heard',
  'borders-changed',
  'suppressed-counts',
  'other-periods-published',
  'published-week',
  'days-missing',
  'parts-of-cases-missing',
  'community-not-separated',
  'exposure-unknown',
  'stale-feed',
  'reports-to-come',
  'delays-unknown',
  'no-coverage',
  'coverage-of-area-above',
  'coverage-old',
  'care-unknown',
  'on-oxygen-unknown',
  'on-oxygen-by-status',
  'deaths-unknown',
  'cut-unknown',
  'matrix-open',
  'factors-not-known',
  'parts-not-known',
  'held-by-criterion-3',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** What is known of an area in the window that a policy looks at. */
export interface LevelFacts {
  areaId: string;
  /** The day of the assessment, YYYY-MM-DD: the window ends the day before. */
  day: string;
  windowFrom: string;
  windowTo: string;
  /** null: nobody said how many */
  people: number | null;
  /** null: nothing was heard, or what was heard is of other periods */
  community: Counted | null;
  all: Counted | null;
  /** Patients on oxygen or a ventilator, and people who died, in the window; null: not told. */
  onOxygen: Counted | null;
  deaths: Counted | null;
  /** Keyed by `shareKey`. */
  shares: ReadonlyMap<string, KnownShare>;
  /** Whether care is as criterion 3 asks; null: not known. */
  care: boolean | null;
  /** The level that was declared and is in force; null: none. */
  declared: number | null;
  /** What came with the facts: stale feeds, suppressed counts … */
  reasons: readonly Reason[];
  /** Levels of the areas directly below, by the same policy; asked by policies that look at them. */
  parts?: readonly { low: number; high: number }[] | undefined;
}

export const shareKey = (fromAge: number, dose: string): string => `${fromAge} ${dose}`;

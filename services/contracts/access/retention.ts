import type { Words } from '../words.ts';

/** How long who a person is may be kept. */
export interface Retention {
  /** Whole days after the last that was said of the person; null: until somebody asks for removal. */
  days: number | null;
  /** Where the period comes from. */
  source: Words;
}

/**
 * Periods as policy, by what is kept. Carried out once on each day of a district (services/epidemic/removal/retention.ts), in real districts alone: exercises have made-up
 * persons. No period that the law gives for a district's line list was verified (docs/privacy.md), so none is set: a controller sets his own here.
 */
export const retentionPolicy = {
  /** Place, age, sex and texts of a case. */
  'case-identity': {
    days: null,
    source: { vi: 'chưa có quyết định của địa bàn', en: 'the district has not decided' },
  },
} as const satisfies Record<string, Retention>;

export type RetentionPolicy = Readonly<Record<keyof typeof retentionPolicy, Retention>>;

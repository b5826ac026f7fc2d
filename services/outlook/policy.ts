import { mostKnowledgeAgeDays } from '../case-history/policy.ts';

/** What is chosen, not computed: dated, with its source. A district that decides otherwise gets another row here. */

/** When a risk is not stated. */
export const riskRules = { leastWeeks: 4, mostKnowledgeAgeDays, oldestBaseWeeks: 3 } as const;

/**
 * When a forecast is not stated, in steps of its series. Days start after five weeks: a twelfth of a year is too long to wait in a new wave; until it
 * has a record the baseline is what is shown.
 */
export const forecastRules = {
  week: { leastPeriods: 8, mostAge: 2, mostGap: 2, within: 12 },
  day: { leastPeriods: 35, mostAge: 3, mostGap: 3, within: 28 },
} as const;

/** Cases that were last heard of longer ago than this are no ground for a forecast. */
export const mostSilentDays = 10;

/** How long an answer waits for rows that the journal is ahead of, before it says that it cannot tell yet. */
export const unreadWaitMs = 3000;

/** Questions that may wait for the forecasts' thread; beyond them who asks is told to come again. */
export const mostWaitingForecasts = 8;

/** One week more than the target: by then the laboratories' backlogs are in. */
export const settledAfterDays = 7;

/**
 * Prospective scan and plain count of one area. Alpha is of a day and of each of the two: looked at daily, a district without clusters has a false alarm in less than one month of twenty
 * (`npm run calibration` measures it). A cluster is told once in `quietDays`, sooner when cases or areas have grown by
 * `growthFactor`: a choice of this house.
 */
export const scanPolicy = {
  days: 28,
  longestDays: 7,
  radiusKm: 2,
  areas: 40,
  replications: 499,
  alpha: 0.001,
  quietDays: 7,
  growthFactor: 1.5,
  seed: 2021,
} as const;

/** Goes into the id of every scan: raise it when a cluster could come out differently. Versions of risk and forecasts: model-versions.ts. */
export const scanVersion = 'ml-3';

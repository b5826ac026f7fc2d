/** Every choice of the risk model that was tuned on development data; `README.md` lists what was tried. */
export interface RiskOptions {
  /** prior for how much of this week's growth carries on to the next, and its weight in weeks of data */
  persistence: number;
  persistenceWeeks: number;
  /** share of the reports' growth (fresh signal) in the growth estimate; the rest is the weekly table's own */
  freshShare: number;
  /** share of the growth of the week before last in the weekly table's own growth */
  olderShare: number;
  /** prior for how much of the fresh level's surprise is real, and its weight in weeks */
  levelShare: number;
  levelWeeks: number;
  /** city growth regression: weekly fading of old weeks */
  trendFade: number;
  /** ridge strength, in weeks, of the local coefficients */
  localRidge: number;
  localWindowWeeks: number;
  /** prior standard deviation of one week's growth error, its weight in weeks, weekly fading */
  growthError: number;
  spreadWeeks: number;
  spreadFade: number;
  /** count noise: prior variance coefficient b of a + b / (cases + 1) */
  countNoise: number;
  /** bound on one standardised squared error when the spread learns */
  errorBound: number;
  /** weight of the logistic (heavy-tailed) distribution against the normal */
  heavyShare: number;
  /** how strongly the spread widens with the size of the present growth */
  growthWidening: number;
  useFresh: boolean;
  useLocalFresh: boolean;
}

export const defaultOptions: RiskOptions = {
  persistence: 0.8,
  persistenceWeeks: 10,
  freshShare: 0.5,
  olderShare: 0.5,
  levelShare: 0.5,
  levelWeeks: 10,
  trendFade: 0.99,
  localRidge: 8,
  localWindowWeeks: 52,
  growthError: 0.1,
  spreadWeeks: 15,
  spreadFade: 0.98,
  countNoise: 1,
  errorBound: 9,
  heavyShare: 0.5,
  growthWidening: 0,
  useFresh: true,
  useLocalFresh: true,
};

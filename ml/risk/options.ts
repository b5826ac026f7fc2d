/** Every choice of the risk model that was tuned on development data; `../results/risk-variants.md` lists what was tried and how it scored. */
export interface RiskOptions {
  /** share of one week's growth that carries on to the next, and the prior's weight in weeks of data */
  persistence: number;
  persistenceWeeks: number;
  /** share of the reports' surprise that is believed to be growth */
  freshShare: number;
  /** prior for the share of the reports' surprise that is a change of level, and its weight in weeks */
  surpriseShare: number;
  surpriseWeeks: number;
  /** prior for the share of an unusual ratio of reports to the weekly table that is real, and its weight in weeks */
  levelShare: number;
  levelWeeks: number;
  /** prior pull of the log rate towards its mean of the last year, per week, and its weight in weeks */
  reversion: number;
  reversionWeeks: number;
  /** weekly growth (log) beyond which it is compressed */
  growthBound: number;
  /** weekly fading of old weeks in the trend regression */
  trendFade: number;
  /** ridge strength of the local coefficients, and the weeks they learn from */
  localRidge: number;
  localWindowWeeks: number;
  /** prior standard deviation of one week's growth error, its weight in weeks, weekly fading of past errors */
  growthError: number;
  citySpreadWeeks: number;
  citySpreadFade: number;
  /** prior variance of an area's wandering in a week, prior noise of counts, their weight in weeks, weekly fading */
  areaVariance: number;
  countNoise: number;
  areaSpreadWeeks: number;
  areaSpreadFade: number;
  /** bound on one squared error, in variances, when a spread learns */
  errorBound: number;
  /** weight of the logistic (heavy-tailed) distribution against the normal */
  heavyShare: number;
  /** the city's error grows with the present growth g as sqrt(1 + (growthWidening·g)²) */
  growthWidening: number;
  /** independent cells that one week counts for when the recalibration learns; 0: no recalibration */
  recalibrationWeight: number;
}

export const defaultOptions: RiskOptions = {
  persistence: 0.92,
  persistenceWeeks: 40,
  freshShare: 0.15,
  surpriseShare: 0.2,
  surpriseWeeks: 40,
  levelShare: 0.2,
  levelWeeks: 40,
  reversion: 0.025,
  reversionWeeks: 30,
  growthBound: 0.5,
  trendFade: 0.98,
  localRidge: 8,
  localWindowWeeks: 52,
  growthError: 0.2,
  citySpreadWeeks: 30,
  citySpreadFade: 0.985,
  areaVariance: 0.015,
  countNoise: 2,
  areaSpreadWeeks: 5,
  areaSpreadFade: 0.98,
  errorBound: 9,
  heavyShare: 0.5,
  growthWidening: 2,
  recalibrationWeight: 1.5,
};

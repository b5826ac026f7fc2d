/**
 * How counts of persons reach somebody who may see no rows of persons: the policy, as data. The mechanism is in services/epidemic/released/, its reasons in that
 * room's README.
 */

/**
 * What a route of counts tells somebody who may see no rows of persons of the district. Every row of the access tables with data class `aggregate` says it; one that does
 * not is `rows-only`.
 *
 * - `not-of-persons`: what is counted is no person (businesses, violations, incidents, beds).
 * - `as-published`: a department published these counts itself, and they are given on as they came.
 * - `released`: the handler answers from what was released (`exactAreas` of the platform says to whom).
 * - `rows-only`: it is told only to those who may see the rows of the area that it is of (`area` of the table), else of the whole district.
 * - `own-areas`: the handler tells of the areas whose rows somebody may see, and refuses who may see none.
 * - `nothing-told`: the request says something and is told no count.
 */
export const protections = [
  'not-of-persons',
  'as-published',
  'released',
  'rows-only',
  'own-areas',
  'nothing-told',
] as const;
export type Protection = (typeof protections)[number];

export interface SmallCellPolicy {
  largestHidden: number;
  complementary: boolean;
  fewestTogether: number;
  settleDays: number;
  settleMinutes: number;
}

export const smallCellPolicy = {
  id: 'small-cells-2026-11-30',
  /** Who may do this with data class `person` in an area is told its exact counts; nobody else is. Leaders may, once they have said for what. */
  exactAction: 'count.read-exact',
  /**
   * Counts from 1 to 4 are hidden, and so is every rate made of them. 0 is told. The standards differ: "fewer than five" is usual for counts of disease by small area;
   * the state of Washington hides 1 to 9 (Department of Health, Standards for Reporting Data with Small Numbers, 2018), England's weekly cases by area of about 7,000 people hid
   * 0 to 2 (2020–2021).
   */
  largestHidden: 4,
  /** Complementary suppression; false: only small counts themselves are hidden, and subtraction finds them (attack.int.test.ts proves it). */
  complementary: true,
  /** Where one part of a whole that is told is hidden, at least so many of its parts are, so that who knows one of them cannot work out another. */
  fewestTogether: 3,
  /** Counts are of whole ISO weeks (Monday to Sunday of the district), which share no case with each other. */
  periodDays: 7,
  /** A week is released so many whole days after its Sunday, once and for ever: later facts never change it. Reports of a day arrive over the next three. */
  settleDays: 3,
  /** Minutes after the instant of a release until which nothing of it is told: what the door stamped before it has been written by then. */
  settleMinutes: 10,
  /** Most weeks that one answer holds. */
  mostWeeks: 53,
  /** Shares of people (coverage): told in whole steps, of areas with at least so many people, without their numerator. */
  share: { leastPeople: 1000, step: 0.01 },
  /** Exercises are made up and have no persons in them: everybody is told their exact counts. */
  exercises: 'exact',
} as const;

/**
 * What the stream tells of a layer of counts to somebody who may see no rows; a layer of counts that is not here is told to nobody else. Layers of public data, and of
 * rows of persons, are judged by their data class alone.
 */
export const layerProtection: Readonly<Record<string, Protection>> = {
  counts: 'as-published',
  capacity: 'not-of-persons',
  indicators: 'not-of-persons',
};

/**
 * The same for figures that are told after a commit, by formula id; a figure of a service whose events are of persons that is not here is told to nobody else. Of a
 * service without events of persons every figure is told.
 */
export const figureProtection: Readonly<Record<string, Protection>> = {
  'beds-free': 'not-of-persons',
};

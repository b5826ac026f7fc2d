/** What is chosen, not computed, in reading the facts of a level. */

/** Whole days without a word of cases after which the days since then are not taken as days without a case: a choice of this house. */
export const mostSilentDays = 3;

/** Days after which a report of a case is a correction, no delay. */
export const longestDelayDays = 14;

/** Event days from which delays are learned: old enough that all of their reports are in. */
export const learnedDays = 28;

/** Fewer cases teach no delays: a choice of this house. */
export const leastTaught = 100;

/** A count that its publisher hides as too small is at most this: the largest threshold in use hides fewer than 16 (National Cancer Institute, for rates). */
export const largestSuppressed = 15;

/** A published week may end so many days before the window does: departments publish once a week. */
export const publishedWeekDays = 7;

/** Coverage of a day so many days before is old: vaccination went by some per cent a week. */
export const oldCoverageDays = 28;

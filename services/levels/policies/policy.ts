import type { Words } from '#contracts/words.ts';

/** Where a number was read, and whether it was read in the text itself (or in two independent pages). */
export interface Sourced {
  source: string;
  verified: boolean;
}

export const officialLevels = [1, 2, 3, 4] as const;
export type OfficialLevel = (typeof officialLevels)[number];

/** Whole numbers from low to high, both included. What is known exactly has one of them. */
export interface Range {
  low: number;
  high: number;
}

/** Where a band ends and the next begins. `at` null: the number is not known. */
export interface Cut extends Sourced {
  at: number | null;
  /** A value that is the cut belongs to the band above, or only what is more than it. */
  reached: 'at-least' | 'more-than';
}

/** What is counted in the window, for 100,000 people. */
export type Measure = 'cases' | 'on-oxygen' | 'deaths';

export interface RateBands {
  measure: Measure;
  /** Three cuts: four bands. */
  cuts: readonly [Cut, Cut, Cut];
}

/** At least this share of the people of these ages must have had this much. */
export interface ShareRequired extends Sourced {
  id: string;
  fromAge: 0 | 18 | 50 | 65;
  dose: 'oneDose' | 'fullCourse';
  /** 0 to 1 */
  share: number;
}

/** A group of requirements that is met when all of them are. `care`: the third criterion, as the area's facilities are reported. */
export interface RequirementGroup {
  id: 'criterion-2' | 'criterion-3';
  shares: readonly ShareRequired[];
  care: boolean;
}

/** Level by band of transmission; a cell that the sources leave open holds both. */
export type MatrixRow = readonly [Range, Range, Range, Range];

/** A share that, unmet, puts an area one level up. */
export interface Floor extends ShareRequired {
  /** First day, YYYY-MM-DD. */
  from: string;
}

export interface NoticeHours extends Sourced {
  /** Hours between the announcement of a higher level and its effect. */
  raise: number;
  lower: number;
  note: Words;
}

interface CommonPolicy extends Sourced {
  id: PolicyId;
  document: Words;
  /** First day in force, and the last one; null: still in force. */
  from: string;
  until: string | null;
  /** Days of the window, which ends with the last whole day. */
  windowDays: number;
  /** Which cases count: those found in the community, or all. */
  cases: 'community' | 'all';
  noticeHours: NoticeHours;
  assesses: Sourced & {
    who: Words /** ISO weekday of the assessment, 5: Friday; null: not said */;
    weekday: number | null;
  };
  decides: Sourced & { who: Words };
  smallestUnit: Sourced & { words: Words };
  /** Memory of the level: what has to hold, and how long, before it falls. */
  hysteresis: Sourced & { words: Words };
}

/** Criterion 1 by bands, the others by what is met: QĐ 4800 and QĐ 218. */
export interface MatrixPolicy extends CommonPolicy {
  kind: 'matrix';
  transmission: readonly RateBands[];
  groups: readonly RequirementGroup[];
  /** By how many groups are not met, from none. */
  matrix: Sourced & { rows: readonly MatrixRow[] };
  /** Of the rows, the last whose `from` has come holds. */
  floors: readonly Floor[];
  /** Care that is not met forbids a lower level than the declared one. */
  careForbidsLowering: (Sourced & { words: Words }) | null;
}

/** By epidemiological factors and the share of communes: QĐ 2686. */
export interface FactorPolicy extends CommonPolicy {
  kind: 'factors';
  /** Levels that cases found in the community, without what is known of their source, leave open: by none, one, several. */
  byCommunityCases: Sourced & { none: Range; noneButOthers: Range; one: Range; several: Range };
  /** A whole is at level 4 when so large a share of its communes is at level 4, or at level 3 and above. */
  ofParts: Sourced & { shareAt4: number; shareAt3: number };
}

export type PolicyId = 'qd-2686' | 'qd-4800' | 'qd-218';
export type LevelPolicy = MatrixPolicy | FactorPolicy;

/** Colours of the levels, by resolution 128 of 2021-10-11. */
export const levelColours: Readonly<Record<OfficialLevel, Words>> = {
  1: { vi: 'xanh', en: 'green' },
  2: { vi: 'vàng', en: 'yellow' },
  3: { vi: 'cam', en: 'orange' },
  4: { vi: 'đỏ', en: 'red' },
};

export const levelNames: Readonly<Record<OfficialLevel, Words>> = {
  1: { vi: 'nguy cơ thấp (bình thường mới)', en: 'low risk (new normal)' },
  2: { vi: 'nguy cơ trung bình', en: 'medium risk' },
  3: { vi: 'nguy cơ cao', en: 'high risk' },
  4: { vi: 'nguy cơ rất cao', en: 'very high risk' },
};

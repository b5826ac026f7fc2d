import type {
  FactorPolicy,
  Floor,
  LevelPolicy,
  MatrixPolicy,
  Measure,
  PolicyId,
  Range,
  RateBands,
  ShareRequired,
} from '../policies/policy.ts';
import { type Counted, type KnownShare, type LevelFacts, type Reason, type ReasonCode, shareKey } from './facts.ts';
import { anyLevel, bandsBetween, exactly, highestOf, isExact } from './range.ts';

/** What is known of one rate of criterion 1. */
export interface MeasuredRate {
  measure: Measure;
  count: Counted | null;
  people: number | null;
  /** For 100,000 people in the window; null: not known. `high` null: without bound. */
  ratePer100k: { low: number; high: number | null } | null;
  band: Range;
}

export interface JudgedShare extends KnownShare {
  required: ShareRequired;
  /** 0 to 1; null: not known */
  share: number | null;
  met: boolean | null;
}

export type DecidedBy =
  | 'criterion-1'
  | 'criterion-2'
  | 'elders-floor'
  | 'criterion-3'
  | 'factors'
  | 'parts'
  | 'nothing-known';

/** A level by a policy, with everything that led to it. */
export interface Assessment {
  policyId: PolicyId;
  /** What the level can be by all that is known. */
  level: Range;
  /** Highest band of criterion 1. */
  transmission: Range;
  measures: MeasuredRate[];
  shares: JudgedShare[];
  /** How many groups of requirements are not met. */
  unmet: Range;
  floor: (JudgedShare & { raised: boolean | null }) | null;
  care: { met: boolean | null; forbidsLowering: boolean } | null;
  /** The part without which the level would be lower, else what gives it. */
  decidedBy: DecidedBy;
  reasons: Reason[];
}

/**
 * The level of an area on a day by a policy. Whatever is not known is carried as a range, so what is said holds whatever the missing number is.
 * Pure.
 */
export const assess = (policy: LevelPolicy, facts: LevelFacts): Assessment =>
  policy.kind === 'matrix' ? byMatrix(policy, facts) : byFactors(policy, facts);

const reason = (code: ReasonCode, parameters: Reason['parameters'] = {}): Reason => ({ code, parameters });

function byMatrix(policy: MatrixPolicy, facts: LevelFacts): Assessment {
  const reasons: Reason[] = [...facts.reasons];
  const measures = policy.transmission.map((bands) => measured(bands, countOf(policy, facts, bands.measure), facts));
  for (const { measure, count, ratePer100k, band } of measures) {
    if (measure === 'on-oxygen' && count === null) reasons.push(reason('on-oxygen-unknown'));
    if (measure === 'deaths' && count === null) reasons.push(reason('deaths-unknown'));
    if (ratePer100k && ratePer100k.low === ratePer100k.high && !isExact(band))
      reasons.push(reason('cut-unknown', { measure }));
  }
  if (facts.people === null && facts.all !== null && facts.all.high !== 0) reasons.push(reason('no-population'));
  if (facts.people === 0) reasons.push(reason('nobody-lives-here'));
  const transmission = highestOf(measures.map(({ band }) => band));
  const shares = policy.groups.flatMap((group) => group.shares.map((required) => judged(required, facts)));
  for (const { required, met } of shares)
    if (met === null) reasons.push(reason('no-coverage', { requirement: required.id }));
  const unmet = unmetGroups(policy, facts, shares);
  if (facts.care === null && (policy.careForbidsLowering || policy.groups.some(({ care }) => care)))
    reasons.push(reason('care-unknown'));
  const base = cellsOf(policy, unmet, transmission);
  if (isExact(unmet) && isExact(transmission) && !isExact(base)) reasons.push(reason('matrix-open'));
  const floor = floorOf(policy, facts);
  if (floor?.met === null) reasons.push(reason('no-coverage', { requirement: floor.required.id }));
  const raised = floor ? withFloor(base, floor.met, countOf(policy, facts, 'cases')) : { level: base, raised: null };
  const care = policy.careForbidsLowering
    ? {
        met: facts.care,
        forbidsLowering: facts.care === false && facts.declared !== null && raised.level.low < facts.declared,
      }
    : policy.groups.some(({ care: asked }) => asked)
      ? { met: facts.care, forbidsLowering: false }
      : null;
  const level = care?.forbidsLowering
    ? { low: facts.declared!, high: Math.max(facts.declared!, raised.level.high) }
    : raised.level;
  if (care?.forbidsLowering)
    reasons.push(reason('held-by-criterion-3', { declared: facts.declared, without: raised.level.low }));
  const withoutResponse = cellsOf(policy, exactly(0), transmission);
  return {
    policyId: policy.id,
    level,
    transmission,
    measures,
    shares,
    unmet,
    floor: floor ? { ...floor, raised: raised.raised } : null,
    care,
    decidedBy:
      level.low === 1 && level.high === 4
        ? 'nothing-known'
        : care?.forbidsLowering
          ? 'criterion-3'
          : raised.raised
            ? 'elders-floor'
            : base.low > withoutResponse.low
              ? 'criterion-2'
              : 'criterion-1',
    reasons,
  };
}

const countOf = (policy: LevelPolicy, facts: LevelFacts, measure: Measure): Counted | null =>
  measure === 'cases'
    ? policy.cases === 'community'
      ? facts.community
      : facts.all
    : measure === 'deaths'
      ? facts.deaths
      : facts.onOxygen;

function measured({ measure, cuts }: RateBands, count: Counted | null, { people }: LevelFacts): MeasuredRate {
  const ratePer100k = rateOf(count, people);
  const band = ratePer100k
    ? bandsBetween(ratePer100k.low, ratePer100k.high ?? Number.POSITIVE_INFINITY, cuts)
    : anyLevel;
  return { measure, count, people, ratePer100k, band };
}

function rateOf(count: Counted | null, people: number | null): MeasuredRate['ratePer100k'] {
  // None is none, however many people there are.
  if (count?.high === 0) return { low: 0, high: 0 };
  if (count === null || !people) return null;
  const rate = (number: number) => (number * 100_000) / people;
  return { low: rate(count.known), high: count.high === null ? null : rate(count.high) };
}

function judged(required: ShareRequired, facts: LevelFacts): JudgedShare {
  const known = facts.shares.get(shareKey(required.fromAge, required.dose)) ?? {
    ...{ numerator: null, denominator: null, ofArea: facts.areaId },
  };
  const { numerator, denominator } = known;
  const share = numerator === null || !denominator ? null : numerator / denominator;
  return { ...known, required, share, met: share === null ? null : share >= required.share };
}

/** How many groups are not met: a group that is not known may be either. */
function unmetGroups({ groups }: MatrixPolicy, { care }: LevelFacts, shares: readonly JudgedShare[]): Range {
  const states = groups.map((group) => {
    const own = shares.filter(({ required }) => group.shares.includes(required)).map(({ met }) => met);
    const all = group.care ? [...own, care] : own;
    return all.includes(false) ? false : all.includes(null) ? null : true;
  });
  const count = (of: boolean | null) => states.filter((state) => state === of).length;
  return { low: count(false), high: count(false) + count(null) };
}

/** Lowest and highest level of the cells that can be meant. The matrix never falls with a higher band or with more that is not met. */
function cellsOf({ matrix: { rows } }: MatrixPolicy, unmet: Range, transmission: Range): Range {
  const cell = (row: number, band: number) => rows[Math.min(row, rows.length - 1)]![band - 1]!;
  return { low: cell(unmet.low, transmission.low).low, high: cell(unmet.high, transmission.high).high };
}

export const floorOn = ({ floors }: Pick<MatrixPolicy, 'floors'>, day: string): Floor | undefined =>
  floors.findLast(({ from }) => from <= day);

function floorOf(policy: MatrixPolicy, facts: LevelFacts): JudgedShare | null {
  const floor = floorOn(policy, facts.day);
  return floor ? judged(floor, facts) : null;
}

/** One level up where the floor is not met, except at level 4 and where there is no case. */
function withFloor(base: Range, met: boolean | null, cases: Counted | null): { level: Range; raised: boolean | null } {
  const up = (level: number) => Math.min(4, level + 1);
  const mayHaveNone = cases === null || cases.known === 0;
  const mayHaveSome = cases === null || cases.high === null || cases.high > 0;
  const low = met === false && !mayHaveNone ? up(base.low) : base.low;
  const high = met !== true && mayHaveSome ? up(base.high) : base.high;
  return { level: { low, high }, raised: low > base.low ? true : high > base.high ? null : false };
}

function byFactors(policy: FactorPolicy, facts: LevelFacts): Assessment {
  const reasons: Reason[] = [...facts.reasons];
  const { byCommunityCases: by, ofParts } = policy;
  const { community, all, parts } = facts;
  const levelOf = (communityCases: number, allCases: number): Range =>
    communityCases > 1 ? by.several : communityCases === 1 ? by.one : allCases > 0 ? by.noneButOthers : by.none;
  const own =
    community === null || all === null
      ? anyLevel
      : {
          low: levelOf(community.known, all.known).low,
          high: community.high === null || all.high === null ? 4 : levelOf(community.high, all.high).high,
        };
  const level = parts && parts.length > 0 ? levelOfParts(parts, ofParts) : own;
  if (!isExact(level)) reasons.push(reason(parts?.length ? 'parts-not-known' : 'factors-not-known'));
  return {
    policyId: policy.id,
    level,
    transmission: own,
    measures: [
      {
        measure: 'cases',
        count: community,
        people: facts.people,
        ratePer100k: rateOf(community, facts.people),
        band: own,
      },
    ],
    shares: [],
    unmet: exactly(0),
    floor: null,
    care: null,
    decidedBy: level.low === 1 && level.high === 4 ? 'nothing-known' : parts?.length ? 'parts' : 'factors',
    reasons,
  };
}

/** Level 4 by the share of parts at level 4 or at 3 and above; else at most 3, and above 1 where one part is. */
function levelOfParts(parts: readonly Range[], { shareAt4, shareAt3 }: FactorPolicy['ofParts']): Range {
  const is4 = (of: (part: Range) => number) => {
    const share = (level: number) => parts.filter((part) => of(part) >= level).length / parts.length;
    return share(4) >= shareAt4 || share(3) >= shareAt3;
  };
  const { low, high } = highestOf(parts);
  return {
    low: is4((part) => part.low) ? 4 : Math.min(2, low),
    high: is4((part) => part.high) ? 4 : Math.min(3, high),
  };
}

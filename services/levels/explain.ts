import type { LevelAssessment, LevelPolicyFace } from '#contracts/http/levels.ts';
import { type Assessment, assess, type JudgedShare } from './assess/assess.ts';
import type { LevelFacts } from './assess/facts.ts';
import type { DistrictFacts } from './facts/read-facts.ts';
import { adjusted, adjustmentsOn, type PolicyAdjustment, policies, policyById, policyOn } from './policies/in-force.ts';
import type { LevelPolicy, PolicyId } from './policies/policy.ts';

/** The policy of a day as the district has it, or another one by its name. */
export function policyFor(
  day: string,
  adjustments: readonly PolicyAdjustment[],
  id?: PolicyId | undefined,
): LevelPolicy | undefined {
  const policy = id ? policyById(id) : policyOn(day);
  return policy && adjusted(policy, adjustments, day);
}

/** Facts of an area with what its policy asks of the areas below. */
function factsWithParts(facts: DistrictFacts, areaId: string, policy: LevelPolicy): LevelFacts {
  const own = facts.factsOf(areaId, policy);
  if (policy.kind !== 'factors' || facts.placeOf.get(areaId)?.level !== 'district') return own;
  const parts = facts.places.all
    .filter((place) => place.level === 'ward' && place.ancestors.includes(areaId))
    .map((place) => assess(policy, facts.factsOf(place.areaId, policy)).level);
  return { ...own, parts };
}

export interface AssessedArea {
  facts: LevelFacts;
  assessment: Assessment;
}

/** The level of an area by a policy. Pure over what was read. */
export function assessArea(facts: DistrictFacts, areaId: string, policy: LevelPolicy): AssessedArea {
  const own = factsWithParts(facts, areaId, policy);
  return { facts: own, assessment: assess(policy, own) };
}

/** The policies with which a day can be compared: all but the one that is in force. */
export const otherPolicies = (
  inForce: PolicyId,
  day: string,
  adjustments: readonly PolicyAdjustment[],
): LevelPolicy[] => policies.filter(({ id }) => id !== inForce).map((policy) => adjusted(policy, adjustments, day));

const shareOf = ({ required, numerator, denominator, share, met, ofArea, dataThrough, reason }: JudgedShare) => ({
  requirement: {
    id: required.id,
    fromAge: required.fromAge,
    dose: required.dose,
    share: required.share,
    source: required.source,
    verified: required.verified,
  },
  ...{ numerator, denominator, share, met, ofArea },
  dataThrough: dataThrough ?? null,
  reason: reason ?? null,
});

/** As it is answered. */
export function assessmentAnswer(policy: LevelPolicy, assessment: Assessment): LevelAssessment {
  const { level, decidedBy, transmission, measures, shares, unmet, floor, care, reasons } = assessment;
  return {
    policyId: policy.id,
    level,
    decidedBy,
    transmission,
    measures: measures.map((measured) => ({
      ...measured,
      cuts:
        policy.kind === 'matrix'
          ? [...(policy.transmission.find(({ measure }) => measure === measured.measure)?.cuts ?? [])]
          : [],
    })),
    shares: shares.map(shareOf),
    unmetGroups: unmet,
    floor: floor ? { ...shareOf(floor), raised: floor.raised } : null,
    care,
    reasons: reasons.map(({ code, parameters }) => ({ code, parameters: { ...parameters } })),
  };
}

/** What people are told of a policy. */
export function policyFaceOf(
  policy: LevelPolicy,
  adjustments: readonly PolicyAdjustment[],
  day: string,
): LevelPolicyFace {
  const { id, document, from, until, source, verified, windowDays, cases } = policy;
  const { noticeHours, assesses, decides, hysteresis, smallestUnit } = policy;
  return {
    ...{ id, document, from, until, source, verified, windowDays, cases },
    ...{ noticeHours, assesses, decides, hysteresis, smallestUnit },
    adjustedBy: adjustmentsOn(adjustments, id, day).map((one) => ({
      document: one.document,
      signedBy: one.signedBy,
      from: one.from,
      reason: one.reason,
    })),
  };
}

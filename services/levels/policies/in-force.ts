import type { Cut, LevelPolicy, Measure, PolicyId } from './policy.ts';
import { qd218 } from './qd-218.ts';
import { qd2686 } from './qd-2686.ts';
import { qd4800 } from './qd-4800.ts';

/** Every policy that is built in, oldest first. */
export const policies: readonly LevelPolicy[] = [qd2686, qd4800, qd218];

/** The policy in force on a day, YYYY-MM-DD; undefined: before the first of them. */
export const policyOn = (day: string): LevelPolicy | undefined =>
  policies.findLast(({ from, until }) => from <= day && (until === null || day <= until));

export const policyById = (id: PolicyId): LevelPolicy => policies.find((policy) => policy.id === id)!;

/** What a locality decided otherwise: dated and signed. A part that is left out stays as the policy has it. */
export interface PolicyAdjustment {
  policyId: PolicyId;
  /** First day on which it holds, YYYY-MM-DD, and the last; null: until the next one. */
  from: string;
  until: string | null;
  /** Numbers between the bands of a measure; null: as the policy has it. */
  cuts?: Partial<Record<Measure, readonly [number | null, number | null, number | null]>> | undefined;
  /** Shares by the id of the requirement, 0 to 1. */
  shares?: Readonly<Record<string, number>> | undefined;
  noticeHours?: { raise?: number | undefined; lower?: number | undefined } | undefined;
  /** Who decided, by which document, why. */
  signedBy: string;
  document: string;
  reason: string;
}

/** Adjustments of a policy that hold on a day, in the order in which they were decided. */
export const adjustmentsOn = (
  adjustments: readonly PolicyAdjustment[],
  id: PolicyId,
  day: string,
): PolicyAdjustment[] =>
  adjustments.filter(({ policyId, from, until }) => policyId === id && from <= day && (until === null || day <= until));

/** A policy as a locality has it on a day. Of two adjustments of one number the later one holds. */
export function adjusted(policy: LevelPolicy, adjustments: readonly PolicyAdjustment[], day: string): LevelPolicy {
  return adjustmentsOn(adjustments, policy.id, day).reduce<LevelPolicy>(withAdjustment, policy);
}

function withAdjustment(policy: LevelPolicy, adjustment: PolicyAdjustment): LevelPolicy {
  const signed = { source: `${adjustment.document}, ${adjustment.signedBy}`, verified: true };
  const hours = adjustment.noticeHours;
  const noticeHours = hours
    ? {
        ...policy.noticeHours,
        ...(hours.raise === undefined ? {} : { raise: hours.raise }),
        ...(hours.lower === undefined ? {} : { lower: hours.lower }),
        ...signed,
      }
    : policy.noticeHours;
  if (policy.kind === 'factors') return { ...policy, noticeHours };
  const shareOf = <Required extends { id: string; share: number }>(required: Required): Required => {
    const share = adjustment.shares?.[required.id];
    return share === undefined ? required : { ...required, share, ...signed };
  };
  return {
    ...policy,
    noticeHours,
    transmission: policy.transmission.map((bands) => {
      const numbers = adjustment.cuts?.[bands.measure];
      const cutOf = (cut: Cut, index: number): Cut => {
        const at = numbers?.[index];
        return at === undefined || at === null ? cut : { ...cut, at, ...signed };
      };
      const [first, second, third] = bands.cuts;
      return { ...bands, cuts: [cutOf(first, 0), cutOf(second, 1), cutOf(third, 2)] };
    }),
    groups: policy.groups.map((group) => ({ ...group, shares: group.shares.map(shareOf) })),
    floors: policy.floors.map(shareOf),
  };
}

import { z } from '@hono/zod-openapi';
import { holdsAt, span } from '#contracts/dated-rule.ts';
import { violationKind } from '#contracts/events/urban-order/violation-reported.ts';
import { buildings } from '#contracts/events/urban-order/violation-step.ts';
import { bothLanguages } from '#contracts/primitives.ts';
import type { Words } from '#contracts/words.ts';
import type { Violation } from '../violation/state.ts';
import file from './authority.json' with { type: 'json' };

const limit = z.object({ person: z.number().int(), organisation: z.number().int() });
const basis = { article: bothLanguages, verified: z.boolean(), source: z.string() };
const authorities = z.array(
  z.object({
    id: z.string(),
    ...span,
    limits: z.object({ ward: limit, district: limit.nullable() }),
    ...basis,
  }),
);
const fines = z.array(
  z.object({
    kind: violationKind,
    building: z.enum(buildings),
    ...span,
    min: z.number().int(),
    max: z.number().int(),
    ...basis,
  }),
);
/** Limits of authority by the day of the decision, ranges of fines by the moment of the breach. */
export const authoritySchema = z.object({ authorities, fines });
export const authority = authoritySchema.parse({ authorities: file.authorities, fines: file.fines });

/** Why a decision is not within the law; `field`: of the decision. */
export interface DecisionProblem {
  field: 'authority' | 'fineVnd';
  words: Words;
}

interface Decision {
  occurredAt: string;
  authority?: string | undefined;
  fineVnd?: number | undefined;
}

/**
 * Whether who decides may decide a fine of this height on that day, and whether the height is one of the clause. The authority follows the clause's highest fine, not the
 * one that was chosen. Where it is not known whether a person or an organisation did it, and what was built, only what is unlawful for all of them is named.
 *
 * @returns undefined: nothing speaks against it
 */
export function decisionProblem(
  { kind, occurredAt, building, partyKind }: Pick<Violation, 'kind' | 'occurredAt' | 'building' | 'partyKind'>,
  decision: Decision,
): DecisionProblem | undefined {
  const regime = authority.authorities.find((one) => holdsAt(one, decision.occurredAt));
  const level = decision.authority;
  const limits = level === 'ward' || level === 'district' ? regime?.limits[level] : undefined;
  if (regime && limits === null)
    return {
      field: 'authority',
      words: {
        vi: `ngày đó không còn cấp này (${regime.article.vi})`,
        en: `there is no such authority on that day (${regime.article.en})`,
      },
    };
  const fine = decision.fineVnd ?? 0;
  if (fine === 0) return undefined;
  const most = limits && (partyKind === 'person' ? limits.person : limits.organisation);
  if (regime && most && fine > most) return beyond('fineVnd', most, regime.article);
  const ranges = authority.fines.filter(
    (one) => one.kind === kind && holdsAt(one, occurredAt) && (building === null || one.building === building),
  );
  const [first] = ranges;
  if (!first) return undefined;
  const lowest = Math.min(...ranges.map(({ min }) => min)) / (partyKind === 'organisation' ? 1 : 2);
  const highest = Math.max(...ranges.map(({ max }) => max)) / (partyKind === 'person' ? 2 : 1);
  if (fine < lowest || fine > highest)
    return {
      field: 'fineVnd',
      words: {
        vi: `khung phạt từ ${inVietnamese(lowest)} đến ${inVietnamese(highest)} đồng (${first.article.vi})`,
        en: `between ${inEnglish(lowest)} and ${inEnglish(highest)} đồng (${first.article.en})`,
      },
    };
  // The least of the highest fines that it may have been: if even that is beyond the authority, it is.
  const clause = Math.min(...ranges.map(({ max }) => max)) / (partyKind === 'organisation' ? 1 : 2);
  if (regime && most && clause > most) return beyond('authority', most, regime.article);
  return undefined;
}

const inVietnamese = (amount: number) => amount.toLocaleString('vi-VN');
const inEnglish = (amount: number) => amount.toLocaleString('en-GB');

const beyond = (field: DecisionProblem['field'], most: number, article: Words): DecisionProblem => ({
  field,
  words: {
    vi: `vượt thẩm quyền: cấp này được phạt đến ${inVietnamese(most)} đồng; chuyển cấp trên quyết định (${article.vi})`,
    en: `beyond the authority: it may fine up to ${inEnglish(most)} đồng; a higher one decides (${article.en})`,
  },
});

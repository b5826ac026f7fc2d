import { z } from '@hono/zod-openapi';
import { bothLanguages } from '../../primitives.ts';
import type { Words } from '../../words.ts';

/** Why a number is withheld: a reason by name, and field, value and bound as the service wrote them (`detail`: English; `note`: for people to read). */
export const abstention = z.object({ reason: z.string(), detail: z.string(), note: bothLanguages.optional() });
export type Abstention = z.infer<typeof abstention>;

/** Every reason for which risk, forecasts, statistics, clusters and scenarios withhold a number: screens have words for each of them. */
export const abstentionReasons = [
  ...['borders-changed', 'bulk-load', 'computation', 'definition-break', 'district-only', 'gap', 'impossible-input'],
  ...[
    'level-not-forecast',
    'negative-correction',
    'no-areas',
    'no-borders',
    'no-cases',
    'no-cases-heard',
    'no-line-list',
  ],
  ...['no-numbers-heard', 'no-population', 'no-recent-cases', 'not-issued-yet', 'not-scored-yet', 'outside-prior'],
  ...[
    'result-too-large',
    'stale',
    'still-reading',
    'too-few-cases',
    'too-few-days',
    'too-little',
    'unplaced',
    'weekly-only',
  ],
] as const;
export type AbstentionReason = (typeof abstentionReasons)[number];

/** Why a number is withheld, as a service writes it: words of both languages belong to it. */
export interface WordedAbstention {
  reason: AbstentionReason;
  detail: string;
  note: Words;
}

/** @param vi, en field, value and bound, in a sentence without its full stop */
export const abstain = (reason: AbstentionReason, vi: string, en: string): WordedAbstention => ({
  reason,
  detail: en,
  note: { vi, en },
});

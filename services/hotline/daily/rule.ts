import { z } from '@hono/zod-openapi';
import { caseStatus } from '#contracts/events/epidemic/case-confirmed.ts';
import { identifier } from '#contracts/primitives.ts';
import { endOfTerm } from '../../clocks/term.ts';
import type { ChainStep } from '../calls/events.ts';
import file from './daily.json' with { type: 'json' };

export const dailyRule = z.object({
  id: identifier,
  verified: z.boolean(),
  source: z.string(),
  statuses: z.array(caseStatus),
  /** Local time, HH:MM. */
  at: z.string(),
  tries: z.array(z.object({ ringSeconds: z.number().int(), afterSeconds: z.number().int().optional() })).min(1),
});
export const daily = dailyRule.parse(file);

/** The calls of the local day of an instant may be made: its hour has come. */
export const hasBegun = (now: string, timeZone: string): boolean =>
  Date.parse(endOfTerm({ at: daily.at, daysLater: 0 }, now, timeZone)) <= Date.parse(now);

/** The tries of one patient. */
export const patientChain = (targetId: string): ChainStep[] =>
  daily.tries.map(({ ringSeconds, afterSeconds }) => ({
    ...{ role: 'patient' as const, targetId, name: 'F0', ringSeconds },
    ...(afterSeconds === undefined ? {} : { afterSeconds }),
  }));

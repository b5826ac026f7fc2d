import { createRoute, z } from '@hono/zod-openapi';
import type { EventData } from '#contracts/catalogue.ts';
import { violationStepShape, violationStepShapes } from '#contracts/events/urban-order/violation-step.ts';
import { accepted } from '#contracts/http/urban-order.ts';
import { districtQuery } from '#contracts/http.ts';
import { instant } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { callerOf } from '../../district/stamp.ts';
import { changedAnswers, idParams, ifMatchHeader, jsonBody } from '../../lifecycle/route-shapes.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { momentOf } from '../reads/moment.ts';
import { findViolation } from '../reads/violations.ts';
import { decideStep } from '../violation/decide.ts';
import { type Step, steps, transitions } from '../violation/transitions.ts';
import { runViolationCommand, stampOf } from './commands.ts';

const stepRoute = (step: Step) => {
  const { violationId: _violationId, ...shape } = { ...violationStepShape, ...violationStepShapes[step] };
  const body = z.object({
    ...(shape as z.ZodRawShape),
    occurredAt: instant.optional().openapi({ description: 'left out: now' }),
  });
  return createRoute({
    method: 'post',
    path: `/api/urban-order/violations/{id}/${step}`,
    summary: `The violation becomes ${transitions[step].to}`,
    request: { params: idParams, query: districtQuery, headers: ifMatchHeader, body: jsonBody(body) },
    responses: changedAnswers(accepted),
  });
};

type StepData = EventData<'violation-verified'> & { intoViolationId?: string };

/** POST …/violations/:id/{verify,dismiss,minute,suspend,decide,remedy,close,merge}: a step that is not lawful answers 409 with the lawful ones. */
export function addStepRoutes(app: App, parts: CommandParts): void {
  for (const step of steps)
    app.openapi(stepRoute(step), async (context) => {
      const { district } = context.req.valid('query');
      const { id: violationId } = context.req.valid('param');
      const body = context.req.valid('json') as Partial<StepData>;
      const stamp = await stampOf(parts, district, callerOf(context));
      const data = { ...body, violationId, occurredAt: body.occurredAt ?? stamp.now } as StepData;
      const { sequence, projected, etag } = await runViolationCommand(parts, {
        stamp,
        violationId,
        ifMatch: context.req.valid('header')['if-match'],
        mergeInto: data.intoViolationId,
        decide: (current, find) => decideStep(step, current, data, stamp, find),
      });
      const moment = await momentOf(parts.database, district, undefined, parts.now());
      const violation = (await findViolation(parts.database, moment, violationId)) ?? null;
      return context.json({ violationId, sequence, projected, violation }, 200, { etag });
    });
}

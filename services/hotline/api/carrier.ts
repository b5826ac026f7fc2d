import { createRoute, z } from '@hono/zod-openapi';
import { programmeActor } from '#contracts/actor.ts';
import { problemResponses } from '#contracts/http.ts';
import { districtId } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { jsonBody } from '../../lifecycle/route-shapes.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { stampOf } from '../calls/commands.ts';
import { hearCarrier } from '../telephony/hear-carrier.ts';
import type { TelephonySettings } from '../telephony/settings.ts';
import { whyNotBelieved } from '../telephony/signature.ts';
import { carrierEvent } from '../telephony/telephony.ts';

const header = z.string().min(1).max(400);
const told = z.object({ district: districtId, event: carrierEvent }).openapi('CarrierTold');
const carrierRoute = createRoute({
  method: 'post',
  path: '/api/hotline/carrier',
  summary:
    'A carrier tells what came of a telephone: signed as Standard Webhooks has it, within two minutes, each once',
  request: {
    headers: z.object({ 'webhook-id': header, 'webhook-timestamp': header, 'webhook-signature': header }),
    body: jsonBody(told),
  },
  responses: {
    200: {
      description: 'heard; false: it moved nothing (said before, or too late), and need not be said again',
      content: { 'application/json': { schema: z.object({ done: z.boolean() }).openapi('CarrierHeard') } },
    },
    ...problemResponses,
  },
});

/** What a carrier without an account may do here: by its signature alone. Where none is set up, nobody is believed. */
export function addCarrierRoute(
  app: App,
  parts: CommandParts,
  settings: Pick<TelephonySettings, 'secret'> | undefined,
): void {
  app.openapi(carrierRoute, async (context) => {
    const headers = context.req.valid('header');
    const body = await context.req.text();
    const signed = { id: headers['webhook-id'], timestamp: headers['webhook-timestamp'], body };
    const why = settings
      ? whyNotBelieved(signed, headers['webhook-signature'], settings.secret, parts.now().getTime())
      : 'signature';
    if (why)
      throw new Problem(403, 'The carrier is not believed', {
        vietnamese: { title: 'Không nhận tin từ nhà mạng này' },
        errors: [
          why === 'signature'
            ? {
                field: 'header.webhook-signature',
                value: null,
                reason: 'a signature by the secret of this installation',
                words: {
                  vi: 'chữ ký bằng khóa bí mật của hệ thống này',
                  en: 'a signature by the secret of this installation',
                },
              }
            : {
                field: 'header.webhook-timestamp',
                value: signed.timestamp,
                reason: 'now, at most two minutes off',
                words: { vi: 'bây giờ, lệch tối đa hai phút', en: 'now, at most two minutes off' },
              },
        ],
      });
    const { district, event } = context.req.valid('json');
    const stamped = await stampOf(parts, district, { actor: programmeActor('hotline'), correlationId: signed.id });
    // The signed number names the event: another number in the body would let one message be said twice.
    const heard = await hearCarrier(parts, stamped, { ...event, eventId: signed.id });
    return context.json({ done: heard === 'done' }, 200);
  });
}

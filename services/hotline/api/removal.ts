import type { App } from '#platform/app.ts';
import { callerOf } from '../../district/stamp.ts';
import { notKnown } from '../../lifecycle/problems.ts';
import { removalRoute } from '../../lifecycle/removal.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { stampOf } from '../calls/commands.ts';
import { removeCaller } from '../calls/remove-caller.ts';

/** The removal of who called, for who answers requests of persons. */
export function addCallerRemovalRoute(app: App, parts: CommandParts): void {
  const route = removalRoute('/api/hotline/calls/{id}/caller/removal', 'Remove who called, for good');
  app.openapi(route, async (context) => {
    const { district } = context.req.valid('query');
    const { id: callId } = context.req.valid('param');
    const stamped = await stampOf(parts, district, callerOf(context));
    const removed = await removeCaller(parts, stamped, { callId, ...context.req.valid('json') });
    if (!removed) throw notKnown('caller', 'id', callId);
    return context.json(removed, 201);
  });
}

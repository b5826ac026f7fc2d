import type { App } from '#platform/app.ts';
import { callerOf } from '../../district/stamp.ts';
import { notKnown } from '../../lifecycle/problems.ts';
import { removalRoute, removeBeside } from '../../lifecycle/removal.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { stampOf } from '../calls/commands.ts';
import { callerNoted, callerRemoved } from '../calls/events.ts';

/** The removal of who called, for who answers requests of persons. */
export function addCallerRemovalRoute(app: App, parts: CommandParts): void {
  const route = removalRoute('/api/hotline/calls/{id}/caller/removal', 'Remove who called, for good');
  app.openapi(route, async (context) => {
    const { district } = context.req.valid('query');
    const { id: callId } = context.req.valid('param');
    const { rows } = await parts.database.query<{ isLeft: boolean }>(
      `SELECT caller_number IS NOT NULL OR lon IS NOT NULL OR COALESCE(triage->'because' <> '[]' OR triage ?| '{keys,symptoms,breathsPerMinute,oxygenPercent}'::text[], false) AS "isLeft"
       FROM hotline.callers WHERE district = $1 AND call_id = $2`,
      [district, callId],
    );
    if (!rows[0]) throw notKnown('caller', 'id', callId);
    const stamped = await stampOf(parts, district, callerOf(context));
    const removed = await removeBeside(parts, stamped, {
      isLeft: rows[0].isLeft,
      ...{ removal: callerRemoved, source: 'hotline', sealedBy: callerNoted },
      data: { callId, ...context.req.valid('json') },
    });
    return context.json(removed, 201);
  });
}

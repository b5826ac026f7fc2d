import { messageId } from '#contracts/new-event.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { CommitListener, Projection } from '#platform/projection.ts';
import { insertRows } from '#platform/rows.ts';
import { fold } from '../../lifecycle/fold.ts';
import { readCurrent, readEvents } from '../../lifecycle/read-rows.ts';
import { tableNames } from '../../lifecycle/tables.ts';
import { forgetEntities, forgetRows, writeFolded } from '../../lifecycle/write-rows.ts';
import { evolveCall } from './evolve.ts';
import type { Call, CallEvent, CallerEvent } from './state.ts';
import { callTables } from './tables.ts';

/** Calls, their ledger and their heads. */
export function callProjection(committed?: CommitListener): Projection<CallEvent> {
  return {
    name: 'hotline',
    schema: 'hotline',
    filter: (district) => `vx.${district}.hotline.call.>`,
    read: readEvent,
    apply: async (transaction, district, entries) => {
      const events = entries.map(({ event }) => event);
      const ids = events.map(({ data }) => data.callId);
      const current = await readCurrent(transaction, callTables, district, ids);
      const { seen, told } = await readEvents<Call, CallEvent>(transaction, callTables, district, {
        ids,
        eventKeys: events.map(messageId),
      });
      const folded = fold<Call, CallEvent>(
        entries,
        current,
        seen,
        {
          idOf: ({ data }) => data.callId,
          evolve: (before, { event }) => evolveCall(before, event),
          orderOf: callTables.orderOf,
        },
        told,
      );
      return writeFolded(transaction, callTables, district, folded);
    },
    forget: (transaction, district) => forgetRows(transaction, tableNames(callTables), district),
    forgetSubject: (transaction, district, subject) =>
      forgetEntities(transaction, callTables, district, subject, [subject.split('.').at(-1)!]),
    committed,
  };
}

/**
 * Who called, and what was answered: the newest of each, apart from the calls. What says who somebody is stands in no other table.
 *
 * @param removed is called when the row of somebody who was removed was written: what he was may still stand in the file of the table
 */
export const callerProjection = (removed: () => void = () => {}): Projection<CallerEvent> => ({
  name: 'hotline-callers',
  schema: 'hotline',
  filter: (district) => `vx.${district}.hotline.caller.>`,
  read: readEvent,
  apply: async (transaction, district, entries) => {
    for (const { sequence, event } of entries) {
      if (event.type === 'caller-removed') {
        // What was judged stays, and not of what.
        await transaction.query(
          `UPDATE hotline.callers SET caller_number = NULL, lon = NULL, lat = NULL, removed = true, sequence = $3,
             triage = triage - '{keys,symptoms,breathsPerMinute,oxygenPercent}'::text[] || jsonb_build_object('because', '[]'::jsonb)
           WHERE district = $1 AND call_id = $2`,
          [district, event.data.callId, sequence],
        );
        removed();
        continue;
      }
      const { type, data } = event;
      const noted = type === 'caller-noted' ? data : undefined;
      const { callId: _id, occurredAt, ...answers } = data;
      await insertRows(
        transaction,
        'hotline.callers',
        {
          ...{
            district: 'text',
            call_id: 'text',
            caller_number: 'text',
            lon: 'float8',
            lat: 'float8',
            case_id: 'text',
          },
          ...{ triage: 'text', triaged_at: 'timestamptz', known_at: 'timestamptz', sequence: 'bigint' },
        },
        [
          {
            ...{ district, call_id: data.callId, caller_number: noted?.callerNumber, case_id: noted?.caseId },
            ...{ lon: noted?.location?.lon, lat: noted?.location?.lat },
            // Of who was removed nobody opens why.
            triage: noted ? null : JSON.stringify({ because: [], ...answers }),
            triaged_at: noted ? null : occurredAt,
            ...{ known_at: event.recordedtime, sequence },
          },
        ],
        {
          expressions: { triage: 'new.triage::jsonb' },
          onConflict: `ON CONFLICT (district, call_id) DO UPDATE SET
            caller_number = COALESCE(excluded.caller_number, callers.caller_number), lon = COALESCE(excluded.lon, callers.lon), lat = COALESCE(excluded.lat, callers.lat),
            case_id = COALESCE(excluded.case_id, callers.case_id), triage = COALESCE(excluded.triage, callers.triage),
            triaged_at = COALESCE(excluded.triaged_at, callers.triaged_at), known_at = excluded.known_at, sequence = excluded.sequence`,
        },
      );
    }
    return [];
  },
  forget: (transaction, district) => forgetRows(transaction, ['hotline.callers'], district),
});

import { definitionOf } from '#contracts/catalogue.ts';
import { type CloudEvent, cloudEvent } from '#contracts/cloud-event.ts';
import { subjectOf } from '#contracts/define-event.ts';
import { type JournalMessage, messageId } from '#contracts/new-event.ts';
import { type FieldError, fieldErrors } from '#platform/problem.ts';

/** What the door knows of a district: recorded history brings its own "when we knew it"; in a live district the centre's clock says. */
export interface DistrictRules {
  clock: 'live' | 'recorded';
  exercise: boolean;
}

export type Accepted = { ok: true; message: JournalMessage; event: CloudEvent } | { ok: false; errors: FieldError[] };

/** Events may be stamped a little ahead of our clock, never more: a fact from tomorrow is a mistake. */
const allowedLeadMs = 5 * 60_000;

const nats = /^[^\s.*>]+$/;

/**
 * Decides on one event from outside: the journal message it becomes, or every field that is wrong with it. Pure: `now` and the districts are
 * arguments. Unknown attributes and data fields are kept.
 */
export function acceptEvent(
  raw: unknown,
  districts: (district: string) => DistrictRules | undefined,
  now: Date,
): Accepted {
  const envelope = cloudEvent.safeParse(raw);
  if (!envelope.success) return { ok: false, errors: fieldErrors(envelope.error, raw) };
  const event = envelope.data;

  const definition = definitionOf(event.type);
  if (!definition) return reject('type', event.type, 'no such event; GET /api/events/catalogue lists them');
  const rules = districts(event.district);
  if (!rules) return reject('district', event.district, 'no such district; register it first (POST /api/districts)');
  if (definition.noun === 'district')
    return reject('type', event.type, 'districts are registered with POST /api/districts');
  if (rules.exercise !== (event.exercise ?? rules.exercise))
    return reject(
      'exercise',
      event.exercise,
      rules.exercise ? 'this district is an exercise' : 'this district is real: exercises have districts of their own',
    );

  const data = definition.schema.safeParse(event.data);
  if (!data.success) return { ok: false, errors: fieldErrors(data.error, event.data, ['data']) };

  const known = whenKnown(event, rules, now);
  if ('reason' in known) return { ok: false, errors: [known] };
  const key = definition.key(data.data);
  if (!nats.test(key)) return reject('data', key, 'the key of the event must be one word without ".", "*" and ">"');

  const complete = {
    ...event,
    ...(rules.exercise ? { exercise: true } : {}),
    ...known,
    subject: event.subject ?? key,
    datacontenttype: 'application/json',
    // Defaults filled in, fields that the schema does not know kept.
    data: { ...event.data, ...data.data },
  } as CloudEvent;
  return {
    ok: true,
    event: complete,
    message: {
      subject: subjectOf(definition, event.district, data.data),
      id: messageId(complete),
      payload: JSON.stringify(complete),
    },
  };
}

function whenKnown(
  event: { time: string; recordedtime?: string | undefined },
  rules: DistrictRules,
  now: Date,
): { recordedtime: string; claimedrecordedtime?: string } | FieldError {
  if (rules.clock === 'recorded') return { recordedtime: new Date(event.recordedtime ?? event.time).toISOString() };
  if (Date.parse(event.time) > now.getTime() + allowedLeadMs)
    return {
      field: 'time',
      value: event.time,
      reason: `at most ${new Date(now.getTime() + allowedLeadMs).toISOString()} (5 minutes ahead of the centre's clock)`,
    };
  // Nobody but the centre says when the centre knew; a claim is kept beside.
  return {
    recordedtime: now.toISOString(),
    ...(event.recordedtime ? { claimedrecordedtime: event.recordedtime } : {}),
  };
}

function reject(field: string, value: unknown, reason: string): Accepted {
  return { ok: false, errors: [{ field, value, reason }] };
}

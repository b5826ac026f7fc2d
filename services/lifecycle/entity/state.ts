import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { EventDefinition } from '#contracts/define-event.ts';
import type { Versioned } from '#platform/command.ts';
import { Problem, stepNotLawful } from '#platform/problem.ts';
import { birthOrder, cameByTheDoor, changeOrder } from '../../district/statement-order.ts';
import type { Evolved } from '../fold.ts';
import { placeAfter } from '../place.ts';
import { assertNotBefore, assertNotInFuture, idTaken, notKnown } from '../problems.ts';
import { isAhead, isSaidAgain, outOfOrder, placeInLife, stepOfType } from '../steps.ts';
import type { Placed } from '../tables.ts';
import type { Entity, EntityData } from './entity.ts';

/** An entity as known after some event: beside this its id and its fields by their names, null when nobody said them. */
export interface EntityState extends Placed {
  /** False while only steps have come: its fields and its place are not known yet. */
  reported: boolean;
  status: string;
  /** RFC 3339. */
  statusSince: string;
  occurredAt: string;
  /** Why steps were out of order, oldest first. */
  irregular: readonly string[];
  [field: string]: unknown;
}

export type EntityEvent = Pick<CloudEvent<EntityData>, 'source' | 'id' | 'type' | 'recordedtime' | 'data'> & {
  time?: string;
  authid?: string;
};

/** Above every place in a life. */
const last = '99';

/**
 * Where an event stands among those of its entity: words of it first, then its steps as they happened, those of one moment as the law has them. Where a life may go back,
 * what a command decided at one moment of a clock that stands still is as it was decided; so is a remark, which is of the state before it.
 */
export function orderOfEvent(
  { told, stepTable, feed }: Entity,
  entry: { event: EntityEvent; sequence: number },
): string {
  const { event } = entry;
  if (event.type === told.type) return birthOrder(event);
  const mayGoBack = feed.points.endStatuses === undefined;
  const asDecided = stepOfType(stepTable, event.type) === undefined || (mayGoBack && !cameByTheDoor(event.authid));
  return changeOrder(entry, event.data.occurredAt, asDecided ? last : placeInLife(stepTable, event.type));
}

/**
 * The state after an event. Events come from many doors, and no order is refused here: what is out of order is kept, with the reason. A step ahead of
 * the lawful one moves the status there; a step behind, or after the end, leaves the status and fills in what it says.
 * @throws RangeError for an event that is not the entity's
 */
export function evolveEntity(
  entity: Entity,
  before: EntityState | undefined,
  event: Pick<EntityEvent, 'type' | 'data'>,
): Evolved<EntityState> {
  const evolved = evolvedBySaid(entity, before, event);
  if (!entity.derive) return evolved;
  return { ...evolved, state: { ...evolved.state, ...entity.derive(before, evolved.state, event) } };
}

/** The state after an event, but for what is derived. */
function evolvedBySaid(
  entity: Entity,
  before: EntityState | undefined,
  { type, data }: Pick<EntityEvent, 'type' | 'data'>,
): Evolved<EntityState> {
  if (type === entity.told.type) return { state: toldAs(entity, before, data), irregular: null };
  const { stepTable, firstStatus, noun, remarkEvents, remarks = {} } = entity;
  const remark = Object.keys(remarkEvents).find((name) => type === `${noun}-${name}`);
  if (remark !== undefined) {
    const known = before ?? unknown(entity, data);
    const irregular = known.reported ? null : `${remark} before any report`;
    return {
      state: {
        ...known,
        ...said(remarks[remark]!.says ?? [], data),
        irregular: irregular === null ? known.irregular : [...known.irregular, irregular],
      },
      irregular,
    };
  }
  const step = stepOfType(stepTable, type);
  if (step === undefined) throw new RangeError(`"${type}" is no event of a ${noun}`);
  const state = before ?? unknown(entity, data);
  const { to } = stepTable.steps[step]!;
  // A file that is sent again each day says the same step again.
  const again = to !== firstStatus && isSaidAgain(state, { status: to, occurredAt: data.occurredAt });
  const irregular = again
    ? null
    : !state.reported && state.status === firstStatus
      ? `${to} before any report`
      : outOfOrder(stepTable, step, state.status, stepTable.lawful[state.status]!);
  const moves = irregular === null || isAhead(stepTable, to, state.status);
  return {
    state: {
      ...state,
      ...said(entity.steps[step]!.says ?? [], data),
      ...(moves ? { status: to, statusSince: data.occurredAt } : {}),
      irregular: irregular === null ? state.irregular : [...state.irregular, irregular],
    },
    irregular,
  };
}

/** The first word of an entity, or a later one that corrects what it says of its fields, its place or its time; the rest and the steps taken stay. */
function toldAs(entity: Entity, before: EntityState | undefined, data: EntityData): EntityState {
  const state = before ?? unknown(entity, data);
  return {
    ...state,
    ...Object.fromEntries(entity.toldFields.map((field) => [field, data[field] ?? state[field] ?? null])),
    reported: true,
    occurredAt: data.occurredAt,
    statusSince: state.status === entity.firstStatus ? data.occurredAt : state.statusSince,
    ...placeAfter(before?.reported ? before : undefined, data),
  };
}

const unknown = ({ idField, fields, derived, firstStatus }: Entity, data: EntityData): EntityState => ({
  [idField]: data[idField],
  ...Object.fromEntries(Object.keys({ ...fields, ...derived }).map((field) => [field, null])),
  reported: false,
  status: firstStatus,
  statusSince: data.occurredAt,
  occurredAt: data.occurredAt,
  irregular: [],
  location: null,
  statedAreaId: null,
});

const said = (fields: readonly string[], data: EntityData) =>
  Object.fromEntries(
    fields.filter((field) => data[field] !== undefined && data[field] !== null).map((field) => [field, data[field]]),
  );

/** What a decision comes to: an event, when it happened, and what it says. */
export interface EntityDecision {
  definition: EventDefinition<EntityData>;
  time: string;
  data: EntityData;
}

/** An entity becomes known. @throws Problem 409 when its id is taken, 422 when it has not happened yet */
export function decideReport(
  { noun, idField, told }: Entity,
  current: Versioned<EntityState> | undefined,
  data: EntityData,
  now: string,
): EntityDecision {
  if (current?.state.reported) throw idTaken(`The ${noun} is known already`, idField, String(data[idField]));
  assertNotInFuture(data.occurredAt, now);
  return { definition: told, time: data.occurredAt, data };
}

/**
 * A lawful step is taken.
 *
 * @throws Problem 404, 409 with the lawful steps, 422 when it is in the future, before the step that it follows, or does not say what it has to
 */
export function decideStep(
  { noun, idField, stepTable, stepEvents, steps, forbids }: Entity,
  step: string,
  current: Versioned<EntityState> | undefined,
  data: EntityData,
  now: string,
  timeZone?: string,
): EntityDecision {
  if (!current?.state.reported) throw notKnown(noun, idField, String(data[idField]));
  const { status, statusSince } = current.state;
  const lawful = stepTable.lawful[status]!;
  if (!lawful.includes(step)) throw stepNotLawful({ step, field: 'step', from: status, lawful });
  assertNotInFuture(data.occurredAt, now);
  assertNotBefore(data.occurredAt, { status, since: statusSince, timeZone });
  const missing = (steps[step]!.requires ?? []).filter((field) => data[field] === undefined);
  if (missing.length > 0)
    throw new Problem(422, 'The request does not fit', {
      errors: missing.map((field) => ({
        ...{ field: `json.${field}`, reason: 'missing' },
        words: { vi: 'thiếu', en: 'missing' },
      })),
    });
  const forbidden = forbids?.(step, current.state, now);
  if (forbidden) throw forbidden;
  return { definition: stepEvents[step]!, time: data.occurredAt, data };
}

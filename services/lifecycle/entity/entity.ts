import { z } from '@hono/zod-openapi';
import { type DataClass, defineEvent, type EventDefinition } from '#contracts/define-event.ts';
import { defineFeed, type Feed, type PointLayer } from '#contracts/define-feed.ts';
import { identifier, instant, type Position, position } from '#contracts/primitives.ts';
import type { FigureFace } from '#contracts/subsystem.ts';
import type { Words } from '#contracts/words.ts';
import type { Problem } from '#platform/problem.ts';
import type { Formula } from '../read-figures.ts';
import type { StepTable } from '../steps.ts';
import type { SqlType } from '../tables.ts';
import type { EntityField } from './fields.ts';
import type { EntityState } from './state.ts';

/** A step that people take. */
export interface EntityStep {
  /** Statuses in which it is lawful. */
  from: readonly string[];
  to: string;
  /** One line of a ticker. */
  words: Words;
  /** Fields that it may say. An entity is not told of with them. */
  says?: readonly string[];
  /** Of these, what a command has to say. Events of other doors are never refused for it. */
  requires?: readonly string[];
  /** What it leads to says that there was nothing: in no count, and not drawn. */
  gone?: true;
}

/**
 * Something that is said of an entity and leaves its status: a reminder, a judgement. It has no route and no form, and no door takes it in: the service alone says it,
 * by rules of its own, and an exercise where the remark says so. Its event is `<noun>-<name>`.
 */
export interface EntityRemark {
  /** One line of a ticker. */
  words: Words;
  /** Fields that it may say. An entity is not told of with them. */
  says?: readonly string[];
  /** An exercise plays it too. Left out: the service alone says it. */
  played?: true;
}

/** A field that no event says: it is worked out from what the events say. */
export interface DerivedField {
  words: Words;
  /** Of a value that is there, as it is answered. */
  schema: z.ZodType;
  column: SqlType;
}

/** A figure: how people read it, and what it counts: an SQL condition on a row `v` of versions. */
export type EntityFigure = Omit<FigureFace, 'id'> & Pick<Formula, 'explanation' | 'condition'> & { version?: number };

/** An entity with lawful steps whose rows are its fields, its status and its place, and nothing else. */
export interface EntityDeclaration {
  /** Name of the service: in addresses, subjects and events. */
  service: string;
  /** One of them: in subjects, events, tables. A `permit` has a `permitId`, events as `permit-granted`, rows in `permit_versions`. */
  noun: string;
  /** Many of them: last part of the address, name of the feed, of the layer and of the kind of file. */
  plural: string;
  words: Words;
  dataClass: DataClass;
  /** Statuses in the order of a life, as a person reads them; append only. The first is the one with which an entity becomes known. */
  statuses: Readonly<Record<string, Words>>;
  /** How a ticker says that one became known. */
  toldWords: Words;
  steps: Readonly<Record<string, EntityStep>>;
  /** Statuses that are an end although a step leads on from them: drawn as over. Left out: those from which none does. */
  ends?: readonly string[];
  /** By the last part of the type of their event; left out: none. */
  remarks?: Readonly<Record<string, EntityRemark>>;
  fields: Readonly<Record<string, EntityField>>;
  /** Fields that are shown to who may do the action alone, in rows and in their history; everybody else reads null. Left out: none. */
  guarded?: Readonly<{ action: string; fields: readonly string[] }>;
  /** Of those with which it is told of, fields that stand sealed in the journal of a real district, by the key of the entity. Left out: none. */
  sealed?: readonly string[];
  /** Left out: none. */
  derived?: Readonly<Record<string, DerivedField>>;
  /**
   * The derived fields after an event. Pure. `before`: undefined for the first one.
   */
  derive?: (
    before: EntityState | undefined,
    after: EntityState,
    event: { type: string; data: EntityData },
  ) => Record<string, unknown>;
  /** Why a step that the order allows may not be taken by a command; undefined: it may. `now`: RFC 3339. */
  forbids?: (step: string, state: EntityState, now: string) => Problem | undefined;
  /** The choice by which points are told apart on a map; its values are append only. */
  category: string;
  /** By id, in the order in which people read them. */
  figures: Readonly<Record<string, EntityFigure>>;
  /** What figures count. */
  unit: Words;
  /** How points look. */
  map: Pick<PointLayer, 'shape' | 'colours' | 'shownAtFirst' | 'openWords' | 'overWords' | 'collection'>;
  /** What cannot be told by the district's own day, YYYY-MM-DD. */
  implausible?: EventDefinition<EntityData>['implausible'];
}

/** Data of an event of an entity: its id, when it happened, what was said of its fields and its place. */
export interface EntityData {
  occurredAt: string;
  location?: Position | undefined;
  areaId?: string | undefined;
  [field: string]: unknown;
}

/** A declared entity, with what follows from the declaration alone. */
export interface Entity extends EntityDeclaration {
  idField: string;
  /** Status of an entity that has become known and no more. */
  firstStatus: string;
  stepTable: StepTable;
  /** Fields with which an entity is told of: those that no step says. */
  toldFields: readonly string[];
  told: EventDefinition<EntityData>;
  stepEvents: Readonly<Record<string, EventDefinition<EntityData>>>;
  remarkEvents: Readonly<Record<string, EventDefinition<EntityData>>>;
  feed: Feed & { points: PointLayer };
  formulas: readonly Formula[];
  /** Addresses: `/api/SERVICE`, and the list below it. */
  address: string;
  listAddress: string;
}

/** What every event has, and every row. */
const reserved = ['occurredAt', 'location', 'areaId', 'status', 'statusSince', 'irregular', 'reported'];

/** @throws Error when the declaration contradicts itself, with what is wrong where */
export function defineEntity(declared: EntityDeclaration): Entity {
  const { service, noun, plural, statuses, steps, remarks = {}, fields, derived = {}, category } = declared;
  const idField = `${noun}Id`;
  const [firstStatus, ...laterStatuses] = Object.keys(statuses);
  const wrong = (reason: string) => new Error(`the entity "${noun}": ${reason}`);
  if (firstStatus === undefined) throw wrong('it has no status');
  for (const field of [idField, ...reserved, ...Object.keys(derived)])
    if (field in fields) throw wrong(`"${field}" is what every entity has, and no field of its own`);
  const unsealable = declared.sealed?.find((field) => !fields[field]?.optional);
  // An event whose key was destroyed is read without them.
  if (unsealable !== undefined) throw wrong(`it seals "${unsealable}", which is no field that may be missing`);
  const unguarded = declared.guarded?.fields.find((field) => !(field in fields));
  if (unguarded !== undefined) throw wrong(`it guards "${unguarded}", which is no field of it`);
  const { choices, optional } = fields[category] ?? {};
  if (!choices || optional) throw wrong(`its category "${category}" is no choice among its fields that is always said`);
  const twice = Object.keys(choices).find((value) => value in statuses);
  if (twice !== undefined) throw wrong(`"${twice}" is a value of its category and a status`);
  for (const [step, { from, to, says = [] }] of Object.entries(steps)) {
    const unknown = [...from, to].find((status) => !(status in statuses));
    if (unknown !== undefined) throw wrong(`the step "${step}" names the status "${unknown}", which it does not have`);
    const missing = says.find((field) => !(field in fields));
    if (missing !== undefined) throw wrong(`the step "${step}" says the field "${missing}", which it does not have`);
  }
  for (const [remark, { says = [] }] of Object.entries(remarks)) {
    if (remark in statuses) throw wrong(`the remark "${remark}" is a status`);
    const missing = says.find((field) => !(field in fields));
    if (missing !== undefined)
      throw wrong(`the remark "${remark}" says the field "${missing}", which it does not have`);
  }
  for (const status of laterStatuses)
    if (Object.values(steps).filter(({ to }) => to === status).length !== 1)
      throw wrong(`the status "${status}" has to follow from one step`);

  const stepTable: StepTable = {
    lawful: Object.fromEntries(
      Object.keys(statuses).map((status) => [
        status,
        Object.keys(steps).filter((step) => steps[step]!.from.includes(status)),
      ]),
    ),
    steps: Object.fromEntries(Object.entries(steps).map(([step, { to }]) => [step, { to, type: `${noun}-${to}` }])),
  };
  const saidLater = [...Object.values(steps), ...Object.values(remarks)].flatMap(({ says = [] }) => says);
  const toldFields = Object.keys(fields).filter((field) => !saidLater.includes(field));
  const { ends = [] } = declared;
  const openStatuses = Object.keys(statuses).filter(
    (status) => stepTable.lawful[status]!.length > 0 && !ends.includes(status),
  );
  const order = Object.keys(statuses);
  const onlyAhead = Object.values(steps).every(({ from, to }) =>
    from.every((status) => order.indexOf(status) <= order.indexOf(to)),
  );
  const address = `/api/${service}`;
  return {
    ...declared,
    idField,
    firstStatus,
    stepTable,
    toldFields,
    told: entityEvent(declared, firstStatus, toldFields, declared.toldWords, 'report'),
    stepEvents: Object.fromEntries(
      Object.entries(steps).map(([step, { to, says = [], words }]) => [
        step,
        entityEvent(declared, to, says, words, step),
      ]),
    ),
    remarkEvents: Object.fromEntries(
      Object.entries(remarks).map(([remark, { says = [], words, played }]) => [
        remark,
        entityEvent(declared, remark, says, words, remark, played ? [service, 'drill'] : [service]),
      ]),
    ),
    feed: defineFeed({
      name: plural,
      words: declared.words,
      points: {
        service,
        noun,
        dataClass: declared.dataClass,
        categoryField: category,
        timeField: 'occurredAt',
        categories: Object.keys(choices),
        statuses: Object.keys(statuses),
        openStatuses,
        goneStatuses: Object.values(steps).flatMap(({ to, gone }) => (gone ? [to] : [])),
        ...(onlyAhead ? { endStatuses: Object.keys(statuses).filter((status) => !openStatuses.includes(status)) } : {}),
        ...declared.map,
      },
      values: Object.assign({}, statuses, ...Object.values(fields).map((field) => field.choices ?? field.known)),
    }),
    formulas: Object.entries(declared.figures).map(([id, { version = 1, explanation, condition }]) => ({
      id,
      version,
      unit: plural,
      explanation,
      condition,
    })),
    address,
    listAddress: `${address}/${plural}`,
  };
}

/** The event after which an entity has a status. The first status is that of an entity that becomes known, with its place. */
function entityEvent(
  { service, noun, plural, dataClass, statuses, fields, category, sealed = [], implausible }: EntityDeclaration,
  status: string,
  says: readonly string[],
  words: Words,
  action: string,
  remarkBy?: readonly string[],
): EventDefinition<EntityData> {
  const idField = `${noun}Id`;
  const born = status === Object.keys(statuses)[0];
  const shape = says.map((name): [string, z.ZodType] => {
    const { schema, optional } = fields[name]!;
    return [name, optional || !born ? schema.optional() : schema];
  });
  const place = { location: position.optional(), areaId: identifier.optional() };
  return defineEvent<EntityData>({
    type: `${noun}-${status}`,
    service,
    noun,
    dataClass,
    ...(born && sealed.length > 0 ? { sealedToo: sealed } : {}),
    action: `${noun}.${action}`,
    schema: z.object({
      ...Object.fromEntries(shape),
      [idField]: identifier,
      occurredAt: instant,
      ...(born ? place : {}),
    }) as z.ZodType<EntityData>,
    key: (data) => String(data[idField]),
    publishedBy: remarkBy ?? [service, 'intake', 'import', 'drill'],
    consumedBy: [service, 'geography', 'live'],
    words,
    live: {
      feed: plural,
      entity: [idField],
      values: ['occurredAt', ...says.filter((name) => fields[name]!.entry !== 'longText')],
    },
    point: {
      ...(born ? { born: true } : {}),
      factOf: (data) => ({
        ...(born ? { location: data.location, happenedAt: data.occurredAt } : {}),
        ...(data[category] === undefined ? {} : { category: String(data[category]) }),
      }),
    },
    ...(remarkBy ? {} : { status }),
    dates: {
      fields: Object.fromEntries(says.flatMap((name) => (fields[name]!.dates ? [[name, fields[name]!.dates]] : []))),
    },
    ...(born && implausible ? { implausible } : {}),
  });
}

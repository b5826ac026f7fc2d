import fc from 'fast-check';
import { localPerson } from '#contracts/actor.ts';
import type { EventDefinition } from '#contracts/define-event.ts';
import { attributedEventOf } from '#contracts/new-event.ts';
import { registerSubsystems, type Subsystem, schemaOf, subsystems } from '#contracts/subsystem.ts';
import type { Message } from '#platform/append.ts';
import type { ServiceDefinition } from '#platform/service.ts';
import { startServiceUnderTest } from '#platform/testing/service.ts';
import type { Tracer } from '#platform/tracing.ts';
import { geographySchema } from '../../district/testing/district.ts';
import type { Entity, EntityData } from '../entity/entity.ts';
import { keptIn } from '../entity/reads.ts';
import type { Below, EntityUnderTest } from './contract.ts';

/** The schemas of which a service reads published views. */
export const schemasReadBy = ({ reads = ['geography'] }: Pick<Subsystem, 'reads'>) =>
  reads.map((service) =>
    service === 'geography'
      ? geographySchema
      : {
          schema: service.replaceAll('-', '_'),
          migrations: new URL(`../../${service}/migrations/`, import.meta.url),
        },
  );

/** A whole service of one declared entity with a database of its own. `acts`: districts in which it says something of itself. */
export const startDeclared = (
  subsystem: Subsystem,
  definition: ServiceDefinition,
  now?: () => Date,
  { tracer, acts }: { tracer?: Tracer; acts?: (district: string) => boolean } = {},
) => {
  // The list of services has registered it, if that is loaded.
  if (!subsystems().includes(subsystem)) registerSubsystems([subsystem]);
  return startServiceUnderTest(definition, {
    now,
    batchEntries: 50,
    others: schemasReadBy(subsystem),
    ...(acts ? { acts } : {}),
    ...(tracer ? { tracer } : {}),
  });
};

/** The journal message of an event of a declared entity that came by another door. */
export const messageOf = (
  district: string,
  definition: EventDefinition<EntityData>,
  data: EntityData,
  recordedTime = data.occurredAt,
  id = `${definition.type} ${definition.key(data)} ${data.occurredAt}`,
): Message =>
  attributedEventOf(
    definition,
    { district, source: 'test', id, time: data.occurredAt, recordedTime, data },
    { actor: localPerson, correlationId: 'test' },
  ).message;

const at = (hour: number) => new Date(Date.parse('2021-09-01T00:00:00Z') + hour * 3_600_000).toISOString();

/** A declared entity as the contract asks it. `values`: what an entity may be told of with, drawn anew for each. */
export function declaredEntity(
  subsystem: Subsystem,
  definition: ServiceDefinition,
  entity: Entity,
  values: (below: Below) => Record<string, unknown>,
): EntityUnderTest {
  const { idField, told, stepEvents, stepTable, firstStatus, feed, formulas, steps } = entity;
  const statuses = feed.points.statuses;
  const lawfulSteps = stepTable.lawful[firstStatus]!;
  const unlawful = Object.keys(steps).find((step) => !lawfulSteps.includes(step));
  const list = (chosen: readonly string[]) => chosen.join(',');

  /** Words of entities and their corrections, with and without place, inside and east of every area; steps in any order. */
  const facts = (district: string, below: Below, size: number): Message[] =>
    Array.from({ length: size }, (_, index) => {
      const occurred = below(1000);
      const recordedTime = at(occurred + below(100));
      const data = { [idField]: `e${below(size / 3)}`, occurredAt: at(occurred) };
      if (below(2) === 0) {
        const location = { lon: 106.7 + below(4500) / 100_000, lat: 10.7 + below(1000) / 100_000 };
        const place = { ...(below(5) && { location }), ...(below(6) === 0 && { areaId: `W${below(5)}` }) };
        return messageOf(district, told, { ...values(below), ...data, ...place }, recordedTime, `fact ${index}`);
      }
      const names = Object.keys(steps);
      return messageOf(district, stepEvents[names[below(names.length)]!]!, data, recordedTime, `fact ${index}`);
    });
  return {
    start: (now) => startDeclared(subsystem, definition, now),
    tables: keptIn(schemaOf(subsystem)!, entity).tables,
    list: entity.listAddress,
    points: `${entity.address}/points`,
    figures: `${entity.address}/figures`,
    layer: feed.points,
    facts,
    filters: {
      asOf: fc.integer({ min: 100, max: 1200 }).map(at),
      areaId: fc.constantFrom('D', 'W0', 'W1', 'W2b', 'W3a'),
      [entity.category]: fc.subarray([...feed.points.categories], { minLength: 1 }).map(list),
      status: fc.subarray([...statuses], { minLength: 1 }).map(list),
      irregular: fc.constantFrom('true', 'false'),
      located: fc.constantFrom('true', 'false'),
      from: fc.integer({ min: 0, max: 900 }).map((hour) => at(hour).slice(0, 10)),
      to: fc.integer({ min: 100, max: 1000 }).map((hour) => at(hour).slice(0, 10)),
      bbox: fc.constantFrom('106.70,10.70,106.72,10.705', '106.71,10.70,106.75,10.71'),
      formula: fc.constantFrom(...formulas.map(({ id }) => id)),
    },
    create: (id, location) => ({
      ...values(() => 0),
      [idField]: id,
      location,
      occurredAt: at(24),
    }),
    step: { path: lawfulSteps[0]!, body: {} },
    ...(unlawful === undefined ? {} : { unlawful: { path: unlawful, body: {} } }),
    currentStatus: firstStatus,
    lawfulSteps,
  };
}

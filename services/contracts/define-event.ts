import type { z } from '@hono/zod-openapi';

/** How closely a fact speaks of people: public register, counts, or one person. */
export type DataClass = 'public' | 'aggregate' | 'person';

/** Services that own a noun. A new subsystem adds its name here. */
export type ServiceName = 'geography' | 'epidemic' | 'urban-order' | 'economy' | 'ml';

export interface EventDefinition<Data = never> {
  /** Past-tense name; the CloudEvents `type`. */
  type: string;
  /** Owner: its projection is the only writer of the rows. */
  service: ServiceName;
  /** Subject token after the service. */
  noun: string;
  dataClass: DataClass;
  /** Action a caller needs to say it. */
  action: string;
  schema: z.ZodType<Data>;
  /** Version of the schema; left out: 1. */
  version?: number;
  /** For each older version, how its data become those of the next one: `{ 1: (data) => … }` makes version 2 of version 1. */
  upcast?: Record<number, (data: Record<string, unknown>) => Record<string, unknown>>;
  /** Last subject token: the entity with a life of its own, or the area for high-volume facts. */
  key: (data: Data) => string;
  /** Who says it / who hears it: programmes, by folder name. */
  saidBy: string[];
  heardBy: string[];
}

/** One event: its schema, its name and where it is spoken. The type of `data` follows from the schema. */
export function defineEvent<Data>(definition: EventDefinition<Data>): EventDefinition<Data> {
  return definition;
}

/** Subject of an event: vx.<district>.<service>.<noun>.<key>. */
export function subjectOf<Data>(definition: EventDefinition<Data>, district: string, data: Data): string {
  return `vx.${district}.${definition.service}.${definition.noun}.${definition.key(data)}`;
}

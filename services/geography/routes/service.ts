import type { App } from '#platform/app.ts';
import type { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import type { Database } from '#platform/database.ts';

/** What the routes of geography work with. */
export interface GeographyParts {
  database: Database;
  broker: Broker;
  appender: Appender;
  now: () => Date;
  newId: () => string;
  /** Memory for tiles that were made already, bytes; left out: 32 MB. */
  mostTileBytes?: number;
  /** True once geography's own rows of a district hold the journal sequence. */
  projected: (district: string, sequence: number) => Promise<boolean>;
}

export type AddRoutes = (app: App, parts: GeographyParts) => void;

import { intakeAccess } from '#contracts/access/intake.ts';
import { personParameter, personsIn } from '#contracts/access/persons.ts';
import { type App, type AppOptions, createApp } from '#platform/app.ts';
import type { Books } from '#platform/audit.ts';
import type { EdgeOptions } from '#platform/edge.ts';
import type { Log } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { Permit } from '#platform/permission.ts';
import { type RecogniseSender, recogniseSender } from '#platform/senders.ts';
import type { Tracer } from '#platform/tracing.ts';
import { addImportRoutes, type ImportRoutesOptions } from '../imports/routes.ts';
import { addEventRoutes, type EventsApi, judgeWithPlaces, takeIn } from './events-api.ts';

/** Batches of 5,000 events of a few hundred bytes, and files of the import page. */
const bodyLimitBytes = 64 * 1024 * 1024;

export function createIntake(
  options: EventsApi & {
    log: Log;
    metrics: Metrics;
    ready: () => Promise<void>;
    sealed?: AppOptions['sealed'];
    imports?: Omit<ImportRoutesOptions, 'send' | 'judge'>;
    /** Left out: no programme can prove itself, and every token is wrong. */
    senders?: RecogniseSender;
    permit?: Permit;
    books?: Books;
    edge?: EdgeOptions;
    tracer?: Tracer | undefined;
  },
): App {
  const app = createApp({
    name: 'intake',
    edge: options.edge,
    log: options.log,
    metrics: options.metrics,
    tracer: options.tracer,
    access: intakeAccess,
    ready: options.ready,
    sealed: options.sealed,
    bodyLimitBytes,
    senders: options.senders ?? recogniseSender({}),
    permit: options.permit,
    audit: options.books && { books: options.books, now: options.now, personsIn, personParameter },
  });
  addEventRoutes(app, options);
  if (options.imports)
    addImportRoutes(app, {
      now: options.now,
      ...options.imports,
      // A file that came by the page is read by the importer, and may say what the importer may; each event is still asked of who sent it.
      send: (events, by) => takeIn(events, options, { programme: 'import', ...by }),
      judge: async (events, by) => (await judgeWithPlaces(events, options, { programme: 'import', ...by })).receipt,
    });
  return app;
}

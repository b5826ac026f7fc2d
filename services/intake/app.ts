import { intakeAccess } from '#contracts/access/intake.ts';
import { type App, createApp } from '#platform/app.ts';
import type { Log } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';
import { type RecogniseSender, recogniseSender } from '#platform/senders.ts';
import { addImportRoutes, type ImportRoutesOptions } from '../imports/routes.ts';
import { addEventRoutes, type EventsApi, judgeEvents, takeIn } from './events-api.ts';

/** Batches of 5,000 events of a few hundred bytes, and files of the import page. */
const bodyLimitBytes = 64 * 1024 * 1024;

export function createIntake(
  options: EventsApi & {
    log: Log;
    metrics: Metrics;
    ready: () => Promise<void>;
    imports?: Omit<ImportRoutesOptions, 'send' | 'judge'>;
    /** Left out: no programme can prove itself, and every token is wrong. */
    senders?: RecogniseSender;
  },
): App {
  const app = createApp({
    name: 'intake',
    log: options.log,
    metrics: options.metrics,
    access: intakeAccess,
    ready: options.ready,
    bodyLimitBytes,
    senders: options.senders ?? recogniseSender({}),
  });
  addEventRoutes(app, options);
  if (options.imports)
    addImportRoutes(app, {
      ...options.imports,
      // A file that came by the page is read and said by the importer, whoever sent it.
      send: (events, requestId) => takeIn(events, options, { programme: 'import', requestId }),
      judge: async (events, requestId) => judgeEvents(events, options, { programme: 'import', requestId }).receipt,
    });
  return app;
}

import { access } from '#contracts/access.ts';
import type { LiveFigure } from '#contracts/live.ts';
import type { FigureAnnouncer } from '#platform/announcer.ts';
import { startService } from '#platform/service.ts';
import { announceCommits, createAnnouncer } from './announce.ts';
import { addEpidemicRoutes } from './app.ts';
import { epidemicProjection } from './projection.ts';

let announcer: FigureAnnouncer<LiveFigure>;

await startService({
  name: 'epidemic',
  schema: 'epidemic',
  migrations: new URL('./migrations/', import.meta.url),
  access: access.epidemic!,
  projections: (parts) => {
    announcer = createAnnouncer(parts);
    return [epidemicProjection(announceCommits(announcer))];
  },
  build: (app, parts, [projection]) => {
    addEpidemicRoutes(app, parts, projection!);
    return { name: 'announcer', stop: () => announcer.stop() };
  },
});

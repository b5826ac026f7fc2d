import type { ServiceDefinition } from '#platform/service.ts';
import { composeDueTimes } from '../clocks/compose-due-times.ts';
import { announceCommitted } from '../district/announce.ts';
import { addDirectiveRoutes } from './api/directives.ts';
import { addEvaluationRoutes } from './api/evaluation.ts';
import { addRegisterRoutes } from './api/register.ts';
import { officials as declared } from './declaration.ts';
import { directiveEscalated } from './directives/events.ts';
import { readDirectives } from './directives/read-directives.ts';
import { duesOfDirective } from './directives/state.ts';
import { momentOf } from './moment.ts';
import { officialsProjection } from './projection.ts';

/** The service as data: what it owns, what it follows, which routes it answers. */
export function officials(): ServiceDefinition {
  return {
    name: 'officials',
    schema: 'officials',
    migrations: new URL('./migrations/', import.meta.url),
    access: declared.access,
    compose: (parts) =>
      composeDueTimes(
        parts,
        {
          projections: [
            officialsProjection((district, areaIds, throughSequence) =>
              announceCommitted(parts.broker, {
                district,
                service: 'officials',
                throughSequence,
                areaIds: [...areaIds],
              }),
            ),
          ],
          build: (app, [projection]) => {
            const own = { ...parts, projection: projection! };
            addRegisterRoutes(app, own);
            addDirectiveRoutes(app, own);
            addEvaluationRoutes(app, own);
            return undefined;
          },
        },
        {
          service: 'officials',
          table: 'officials.due_times',
          heads: `(SELECT district, entity_id, sequence FROM officials.heads WHERE noun = 'directive')`,
          key: 'entity_id',
          events: [directiveEscalated],
          momentNow: (district) => momentOf(parts.database, district, undefined, parts.now()),
          duesOf: duesOfDirective,
          idsOf: (entries) =>
            entries.flatMap(({ subject }) => {
              const [noun, id] = subject.split('.').slice(-2);
              return noun === 'directive' && id !== undefined ? [id] : [];
            }),
          readStates: readDirectives,
        },
      ),
  };
}

export default officials;

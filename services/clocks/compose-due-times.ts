import type { ComposedService, ServiceParts } from '#platform/service.ts';
import { type DueOwner, type DueTimes, followDueTimes } from './follow-due.ts';
import { type DueDeclaration, withDueTimes } from './with-due-times.ts';

/**
 * A service that also says what is due of its entities: its first projection writes the due times with the states, and whoever leads its rows says them.
 *
 * @param composed the service without
 */
export function composeDueTimes<State>(
  parts: ServiceParts,
  composed: ComposedService,
  owner: DueOwner & DueDeclaration<State>,
): ComposedService {
  const [first, ...others] = composed.projections;
  if (!first) throw new Error(`${owner.service} has no projection that could write due times`);
  // There once the projection is followed; what is committed before is looked at when it begins.
  let dueTimes: DueTimes | undefined;
  const projection = withDueTimes(
    {
      ...first,
      apply: (...batch) => first.apply(...batch),
      committed: (district, ...rest) => {
        dueTimes?.wake(district);
        first.committed?.(district, ...rest);
      },
    },
    owner,
  );
  return {
    ...composed,
    projections: [projection, ...others],
    build: async (app, followed) => {
      const built = await composed.build(app, followed);
      dueTimes = followDueTimes(parts, followed[0]!, owner);
      return {
        name: dueTimes.name,
        stop: async () => {
          await dueTimes?.stop();
          await built?.stop();
        },
      };
    },
  };
}

import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { geographySchema } from '../../district/testing/district.ts';
import { epidemic } from '../../epidemic/app.ts';
import { levelsService } from '../app.ts';

/** levels beside the real epidemic service on one database: facts go in at the journal, levels are asked for. */
export function startLevels(
  options: Pick<NonNullable<Parameters<typeof startServiceUnderTest>[1]>, 'now' | 'permit' | 'smallCellsBy'> = {},
): Promise<ServiceUnderTest> {
  const [own, other] = [levelsService({ restMs: 50 }), epidemic()];
  return startServiceUnderTest(
    {
      ...own,
      access: { ...own.access, ...other.access },
      compose: (parts) => {
        const [mine, theirs] = [own.compose(parts), other.compose(parts)];
        return {
          // Tests wait for the first: it is the one that they write facts for.
          projections: [...theirs.projections, ...mine.projections],
          build: async (app, followed) => {
            const running = [
              await theirs.build(app, followed.slice(0, theirs.projections.length)),
              await mine.build(app, followed.slice(theirs.projections.length)),
            ].reverse();
            return {
              name: 'both',
              stop: async () => {
                for (const one of running) await one?.stop();
              },
            };
          },
        };
      },
    },
    {
      ...options,
      others: [
        geographySchema,
        { schema: 'epidemic', migrations: new URL('../../epidemic/migrations/', import.meta.url) },
        { schema: 'ml', migrations: new URL('../../outlook/migrations/', import.meta.url) },
      ],
    },
  );
}

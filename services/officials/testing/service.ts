import { registerEvents } from '#contracts/catalogue.ts';
import type { Permit } from '#platform/permission.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { geographySchema } from '../../district/testing/district.ts';
import { hotline } from '../../hotline/app.ts';
import { hotline as hotlineDeclared } from '../../hotline/declaration.ts';
import { officials } from '../app.ts';
import { officials as declared } from '../declaration.ts';

const schemaOf = (schema: string, folder = schema) => ({
  schema,
  migrations: new URL(`../../${folder}/migrations/`, import.meta.url),
});

/** officials beside the real hotline on one database: calls ring and are answered, and officers are judged by it. */
export async function startOfficials(options: { now: () => Date; permit?: Permit }): Promise<ServiceUnderTest> {
  const takeBack = registerEvents([...declared.events, ...hotlineDeclared.events]);
  const [own, other] = [officials(), hotline()];
  const service = await startServiceUnderTest(
    {
      ...own,
      access: { ...own.access, ...other.access },
      compose: (parts) => {
        const [mine, theirs] = [own.compose(parts), other.compose(parts)];
        const count = mine.projections.length;
        return {
          projections: [...mine.projections, ...theirs.projections],
          build: async (app, followed) => {
            const running = [
              await mine.build(app, followed.slice(0, count)),
              await theirs.build(app, followed.slice(count)),
            ];
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
        ...[schemaOf('epidemic'), schemaOf('urban_order', 'urban-order'), schemaOf('incidents')],
        ...[schemaOf('hotline'), schemaOf('citizens')],
      ],
    },
  );
  return {
    ...service,
    stop: async () => {
      await service.stop();
      takeBack();
    },
  };
}

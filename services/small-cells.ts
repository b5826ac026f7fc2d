import { smallCellPolicy } from '#contracts/access/small-cells.ts';
import type { Database } from '#platform/database.ts';
import type { SmallCells } from '#platform/small-cells.ts';

type RegisteredDistricts = (district: string) => Promise<readonly { exercise: boolean }[]>;

/** The policy of small cells. A district that is not registered is protected: nothing is known of it. */
export const smallCellsBy = (registered: RegisteredDistricts): SmallCells => ({
  exactAction: smallCellPolicy.exactAction,
  holdsIn: async (district) => {
    const [found] = await registered(district);
    return !(found?.exercise && smallCellPolicy.exercises === 'exact');
  },
});

/** The same, asked of the districts that a database has registered. */
export const smallCellsOf = (database: Database): SmallCells =>
  smallCellsBy(async (district) => {
    const { rows } = await database.query<{ exercise: boolean }>(
      'SELECT exercise FROM geography.published_districts WHERE district = $1',
      [district],
    );
    return rows;
  });

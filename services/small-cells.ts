import { smallCellPolicy } from '#contracts/access/small-cells.ts';
import type { Database } from '#platform/database.ts';
import type { SmallCells } from '#platform/small-cells.ts';

/** The policy of small cells, asked of the districts that are registered. A district that is not is protected: nothing is known of it. */
export const smallCellsOf = (database: Pick<Database, 'query'>): SmallCells => ({
  rowsAction: smallCellPolicy.rowsAction,
  holdsIn: async (district) => {
    const { rows } = await database.query<{ exercise: boolean }>(
      'SELECT exercise FROM geography.published_districts WHERE district = $1',
      [district],
    );
    return !(rows[0]?.exercise && smallCellPolicy.exercises === 'exact');
  },
});

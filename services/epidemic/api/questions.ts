import { z } from '@hono/zod-openapi';
import { areaQuery } from '#contracts/http.ts';
import { askedDay } from '#contracts/primitives.ts';
import type { Reads } from '#platform/database.ts';
import type { ServiceParts } from '#platform/service.ts';
import type { Moment } from '../../district/moment.ts';
import { momentOf } from '../moment.ts';
import type { Releases } from '../released/read-week.ts';

/** What reads of epidemic need. */
export type ReadParts = Pick<ServiceParts, 'database' | 'now'> & { releases: Releases };

const withDay = z.object({
  onDay: askedDay
    .optional()
    .openapi({ description: 'last day of the rolling windows; left out: today of the district’s clock' }),
});

/** What every read can be asked: district, asOf, an area, and the last day of the rolling windows. */
export const dayQuery = areaQuery.extend(withDay.shape);

/** From where a question looks. */
export const momentAsked = (
  { database, now }: Pick<ReadParts, 'now'> & { database: Reads },
  query: { district: string; asOf?: string | undefined; onDay?: string | undefined },
): Promise<Moment> => momentOf(database, query.district, query.asOf, now(), query.onDay);

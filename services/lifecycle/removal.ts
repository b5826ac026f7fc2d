import { createRoute, z } from '@hono/zod-openapi';
import type { EventDefinition } from '#contracts/define-event.ts';
import { removalBasis } from '#contracts/events/epidemic/person-removed.ts';
import { districtQuery, problemResponses } from '#contracts/http.ts';
import { longText } from '#contracts/primitives.ts';
import { personOf } from '#contracts/seal-event.ts';
import { appendProblem } from '#platform/command.ts';
import { newestOn, type ReadsSubjects, streamOf } from '#platform/journal.ts';
import { Problem } from '#platform/problem.ts';
import type { ServiceParts } from '#platform/service.ts';
import { type Stamp, stampedFact } from '../district/stamp.ts';
import { idParams, jsonBody } from './route-shapes.ts';

/** What is asked when somebody is removed on legal request. */
export const removalAsked = z.object({ basis: removalBasis.default('request'), reason: longText.optional() });

/** POST …/removal of whoever stands beside an entity: who sent it, who called. */
export const removalRoute = <Path extends string>(path: Path, summary: string) =>
  createRoute({
    method: 'post',
    path,
    summary,
    description:
      'Rows lose what says who it was, and the key by which the journal holds it is destroyed. It cannot be undone.',
    request: { params: idParams, query: districtQuery, body: jsonBody(removalAsked) },
    responses: {
      201: {
        description: 'removed',
        content: {
          'application/json': {
            schema: z.object({
              sequence: z
                .number()
                .int()
                .nullable()
                .openapi({ description: 'place of the removal in the journal; null: nothing of him was left' }),
              keys: z.number().int().openapi({ description: 'keys that were destroyed now' }),
            }),
          },
        },
      },
      ...problemResponses,
    },
  });

/**
 * Removes who stands beside an entity: the journal says so first, then the key is destroyed. Broken off in between it is finished by doing it again. It is said once, in
 * several copies too: where a removal is the last that stands on the subject nothing is said, and it is said on condition that what was last there still is.
 *
 * @param isLeft whether the rows still say who it was @param sealedBy the definition of what was sealed of him, which has his key
 * @throws Problem 409 when something was said of him meanwhile, 503 when journal or keys do not answer, 507 when the disk is full
 */
export async function removeBeside<Data extends Record<string, unknown>>(
  { appender, broker, keys }: Pick<ServiceParts, 'appender' | 'keys'> & { broker: ReadsSubjects },
  stamped: Stamp,
  {
    isLeft,
    removal,
    source,
    data,
    sealedBy,
  }: {
    isLeft: boolean;
    removal: EventDefinition<Data>;
    source: string;
    data: Data;
    sealedBy: Pick<EventDefinition, 'key'>;
  },
): Promise<{ sequence: number | null; keys: number }> {
  if (keys?.fault)
    throw new Problem(503, 'The keys of persons cannot be used', {
      detail: `Nobody can be removed now: ${keys.fault}.`,
      vietnamese: { title: 'Không dùng được khóa dữ liệu cá nhân', detail: 'Lúc này chưa xóa được ai.' },
    });
  let sequence: number | null = null;
  const { message } = stampedFact(stamped, removal, { source, data });
  const last = isLeft ? await newestOn(broker, streamOf(stamped.district), message.subject) : undefined;
  if (isLeft && last?.type !== removal.type) {
    const result = await appender.append({ ...message, expectedSubjectSequence: last?.sequence ?? 0 });
    if (!result.ok) throw result.reason === 'wrong-sequence' ? saidMeanwhile() : appendProblem(result);
    sequence = result.sequence;
  }
  return { sequence, keys: keys?.destroy(personOf(sealedBy, { district: stamped.district, data }), []) ?? 0 };
}

const saidMeanwhile = () =>
  new Problem(409, 'Something was said of him in the meantime', {
    detail: 'Nobody was removed. Ask for it again.',
    vietnamese: { title: 'Vừa có thông tin mới về người này', detail: 'Chưa xóa. Xin yêu cầu lại.' },
  });

import { dayInWords } from '#contracts/days.ts';
import { earliestMeant } from '#contracts/plausibility.ts';
import { clockIn } from '#platform/local-time.ts';
import { Problem } from '#platform/problem.ts';

/** 409: a new entity with an id that another has. */
export const idTaken = (title: string, field: string, value: string): Problem =>
  new Problem(409, title, {
    errors: [
      {
        field,
        value,
        reason: 'an id that is not taken',
        words: { vi: 'mã này đã có, hãy dùng mã khác', en: 'an id that is not taken' },
      },
    ],
    vietnamese: { title: 'Mã này đã có' },
  });

/** 404: a command on an entity that was never told of. `noun`: 'violation'. */
export const notKnown = (noun: string, field: string, value: string): Problem =>
  new Problem(404, `No such ${noun}`, {
    errors: [
      {
        field,
        value,
        reason: 'an id that is known in this district',
        words: { vi: 'địa bàn này không có mã đó', en: 'an id that is known in this district' },
      },
    ],
    vietnamese: { title: 'Không có mã này' },
  });

/** 404: a read of an entity that was not known at the moment. */
export const notKnownThen = (noun: string, id: string, { district, instant }: { district: string; instant: string }) =>
  new Problem(404, `No such ${noun}`, {
    vietnamese: { title: 'Lúc đó chưa có mã này' },
    errors: [
      {
        ...{ field: 'id', value: id, reason: `known in ${district} at ${instant}` },
        words: { vi: `mã đã biết ở ${district} vào ${instant}`, en: `known in ${district} at ${instant}` },
      },
    ],
  });

/** 404: figures of an area that is not there on the moment's day. */
export const noSuchArea = (areaId: string, { district, day }: { district: string; day: string }): Problem =>
  new Problem(404, 'No such area', {
    errors: [
      {
        ...{ field: 'areaId', value: areaId, reason: `an area of ${district} on ${day}` },
        words: { vi: `khu vực của ${district} ngày ${dayInWords(day)}`, en: `an area of ${district} on ${day}` },
      },
    ],
  });

/** Clocks of people may be a little ahead of ours. */
const clockToleranceMinutes = 5;

/** @throws Problem 422 when it would have happened more than five minutes after now. Both RFC 3339. */
export function assertNotInFuture(occurredAt: string, now: string): void {
  if (Date.parse(occurredAt) > Date.parse(now) + clockToleranceMinutes * 60_000)
    throw new Problem(422, 'It has not happened yet', {
      vietnamese: { title: 'Việc này chưa xảy ra' },
      errors: [
        {
          field: 'occurredAt',
          value: occurredAt,
          reason: `not after ${now}`,
          words: { vi: `không sau ${now}`, en: `not after ${now}` },
        },
      ],
    });
}

/**
 * @param timeZone of the district. A status of which the day alone is known stands at noon, and holds from the beginning of that day. Left out: every
 * status began at its instant
 * @throws Problem 422 when a step would be before the status that it follows. Both RFC 3339.
 */
export function assertNotBefore(
  occurredAt: string,
  { status, since, timeZone }: { status: string; since: string; timeZone?: string | undefined },
): void {
  const began = Date.parse(since);
  const from = timeZone ? earliestMeant(began, clockIn(new Date(began), timeZone)) : began;
  if (Date.parse(occurredAt) < from)
    throw new Problem(422, 'The step is before the one it follows', {
      vietnamese: { title: 'Bước này có trước bước mà nó theo sau' },
      errors: [
        {
          field: 'occurredAt',
          value: occurredAt,
          reason: `not before ${status} at ${since}`,
          words: { vi: `không trước ${status} lúc ${since}`, en: `not before ${status} at ${since}` },
        },
      ],
    });
}

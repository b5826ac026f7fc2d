import { z } from '@hono/zod-openapi';
import sql from 'sql-template-tag';
import { afterTheDay } from '#lifecycle/after-the-day.ts';
import { defineEntity } from '#lifecycle/entity/entity.ts';
import { choice, type EntityField, grade, longText, optional, text } from '#lifecycle/entity/fields.ts';
import type { EntityState } from '#lifecycle/entity/state.ts';
import { Problem } from '#platform/problem.ts';
import { units } from '../routing/routing.ts';
import { clockAfter } from './clock.ts';
import { policyOf } from './policy.ts';
import { channels, outcomes, satisfactionGrades, topics } from './topics.ts';

/** Why a report may not be reopened at an instant; undefined: it may. @param now RFC 3339 */
export function reopeningRefused(
  { occurredAt, statusSince, reopenings }: Pick<EntityState, 'occurredAt' | 'statusSince'> & { reopenings?: unknown },
  now: string,
): Problem | undefined {
  const { reopenDays, mostReopenings } = policyOf(occurredAt);
  const refused = (en: string, vi: string) =>
    new Problem(409, 'It cannot be reopened', {
      detail: en,
      vietnamese: { title: 'Không thể mở lại', detail: vi },
      extensions: { code: 'reopening-refused', reopenDays, mostReopenings },
    });
  if (Number(reopenings ?? 0) >= mostReopenings)
    return refused(
      `A report is reopened at most ${mostReopenings} times. Send a new one.`,
      `Mỗi phản ánh được mở lại nhiều nhất ${mostReopenings} lần. Xin gửi phản ánh mới.`,
    );
  if (Date.parse(now) > Date.parse(statusSince) + reopenDays * 86_400_000)
    return refused(
      `A report is reopened within ${reopenDays} days of its closure. Send a new one.`,
      `Phản ánh được mở lại trong ${reopenDays} ngày kể từ khi đóng. Xin gửi phản ánh mới.`,
    );
  return undefined;
}

/** Hashes of photos, SHA-256 in hexadecimal, at most five. */
export const photoHashes = /^[0-9a-f]{64}(,[0-9a-f]{64}){0,4}$/;
const photos: EntityField = {
  ...text({ words: { vi: 'Ảnh (mã băm)', en: 'Photos (hashes)' }, columns: ['photos'] }),
  schema: z.string().regex(photoHashes, 'SHA-256 hashes in hexadecimal, at most five, with "," between them'),
  entry: 'longText',
  unasked: true,
};

/** What the reporter himself gave: words, door, pictures. */
export const wordsOfReporter = ['description', 'address', 'photos', 'mediaUrl', 'attributes'];

const count = (words: { vi: string; en: string }) => ({ words, schema: z.number().int(), column: 'integer' }) as const;
const moment = (words: { vi: string; en: string }) => ({ words, schema: z.string(), column: 'timestamptz' }) as const;

const isOpen = sql`v.status NOT IN ('closed')`;

/**
 * A report of a citizen (phản ánh): received, routed to the unit that owns topic and place, answered with an outcome, reopened, and judged by the reporter. Topic, place,
 * unit, state and clock are public. Description and answer may name people: they are in the list for whoever works on it, and on no stream, map or tile. Who the
 * reporter is stands in an event of its own (contact-given.ts), sealed.
 */
export const report = defineEntity({
  service: 'citizens',
  noun: 'report',
  plural: 'reports',
  words: { vi: 'Phản ánh của người dân', en: 'Citizens’ reports' },
  dataClass: 'public',
  statuses: {
    received: { vi: 'đã tiếp nhận', en: 'received' },
    routed: { vi: 'đang xử lý', en: 'being handled' },
    paused: { vi: 'chờ người dân bổ sung', en: 'waiting for the reporter' },
    reopened: { vi: 'đã mở lại', en: 'reopened' },
    closed: { vi: 'đã trả lời', en: 'answered' },
  },
  toldWords: { vi: 'Tiếp nhận phản ánh', en: 'Report received' },
  steps: {
    // Also to another unit, and to go on after a pause. The first clock goes on.
    route: {
      from: ['received', 'routed', 'paused', 'reopened'],
      to: 'routed',
      words: { vi: 'Chuyển phản ánh cho đơn vị', en: 'Report routed' },
      says: ['unit', 'routingRule', 'routingNote'],
      requires: ['unit'],
    },
    close: {
      from: ['routed', 'reopened'],
      to: 'closed',
      words: { vi: 'Trả lời phản ánh', en: 'Report answered' },
      says: ['outcome', 'answer'],
      requires: ['outcome'],
    },
    pause: {
      from: ['routed', 'reopened'],
      to: 'paused',
      words: { vi: 'Chờ người dân bổ sung', en: 'Waiting for the reporter' },
      says: ['pauseReason'],
      requires: ['pauseReason'],
    },
    reopen: {
      from: ['closed'],
      to: 'reopened',
      words: { vi: 'Mở lại phản ánh', en: 'Report reopened' },
      says: ['reopenReason'],
      requires: ['reopenReason'],
    },
  },
  ends: ['closed'],
  remarks: {
    reminded: { words: { vi: 'Lãnh đạo nhắc đơn vị', en: 'Unit reminded' }, says: ['remindedUnit'] },
    rated: {
      words: { vi: 'Người dân đánh giá', en: 'Report rated' },
      says: ['satisfaction', 'ratedUnit', 'ratingNote'],
      played: true,
    },
  },
  // People write names, telephones and doors into them: for whoever answers reports, and not for whoever counts them.
  guarded: {
    action: 'report.read-words',
    fields: [
      ...[
        'description',
        'address',
        'photos',
        'mediaUrl',
        'attributes',
        'externalId',
        'routingNote',
        'answer',
        'pauseReason',
      ],
      ...['reopenReason', 'ratingNote'],
    ],
  },
  // Those of the reporter alone, by the key that his contact has: with it they end together (reporter-removed.ts). What units answer is their own record.
  sealed: wordsOfReporter,
  fields: {
    topic: choice({
      words: { vi: 'Lĩnh vực', en: 'Topic' },
      columns: ['topic', 'linh vuc', 'chu de', 'loai phan anh', 'loai', 'service code', 'service name'],
      choices: topics,
    }),
    description: optional(
      longText({
        words: { vi: 'Nội dung', en: 'Description' },
        columns: ['description', 'noi dung', 'mo ta', 'noi dung phan anh'],
      }),
    ),
    // Often that of the reporter: on no stream, as what is long.
    address: optional({
      ...text({ words: { vi: 'Địa chỉ', en: 'Address' }, columns: ['address', 'dia chi', 'dia diem', 'vi tri'] }),
      entry: 'longText',
    }),
    channel: optional(
      choice({ words: { vi: 'Kênh', en: 'Channel' }, columns: ['channel', 'kenh', 'nguon'], choices: channels }),
    ),
    photos: optional(photos),
    mediaUrl: optional({
      ...longText({ words: { vi: 'Liên kết ảnh', en: 'Address of a picture' }, columns: ['media url'] }),
      schema: z.string().max(2000),
      unasked: true,
    }),
    attributes: optional({
      ...longText({
        words: { vi: 'Thông tin thêm', en: 'Further answers' },
        columns: ['attributes', 'thong tin them'],
      }),
      unasked: true,
    }),
    externalId: optional(
      text({
        words: { vi: 'Mã ở hệ thống khác', en: 'Number elsewhere' },
        columns: ['external id', 'ma 1022', 'ma ho so'],
      }),
    ),
    unit: optional({
      ...text({ words: { vi: 'Đơn vị xử lý', en: 'Unit' }, columns: ['unit', 'don vi', 'don vi xu ly', 'agency'] }),
      known: Object.fromEntries(units.map(({ unit, words }) => [unit, words])),
      listedAt: { address: '/api/citizens/units', list: 'units', value: 'unit' },
    }),
    routingRule: optional({
      ...text({ words: { vi: 'Quy tắc chuyển', en: 'Rule of routing' }, columns: ['routing rule'] }),
      unasked: true,
    }),
    routingNote: optional(
      longText({ words: { vi: 'Lý do chuyển', en: 'Why routed so' }, columns: ['routing note', 'ly do chuyen'] }),
    ),
    outcome: optional(
      choice({ words: { vi: 'Kết quả', en: 'Outcome' }, columns: ['outcome', 'ket qua'], choices: outcomes }),
    ),
    answer: optional(longText({ words: { vi: 'Trả lời', en: 'Answer' }, columns: ['answer', 'tra loi'] })),
    pauseReason: optional(
      longText({ words: { vi: 'Cần bổ sung', en: 'What is missing' }, columns: ['pause reason', 'can bo sung'] }),
    ),
    reopenReason: optional(
      longText({ words: { vi: 'Lý do mở lại', en: 'Why reopened' }, columns: ['reopen reason', 'ly do mo lai'] }),
    ),
    remindedUnit: optional(
      text({ words: { vi: 'Đơn vị được nhắc', en: 'Unit that was reminded' }, columns: ['reminded unit'] }),
    ),
    satisfaction: optional(
      grade({
        words: { vi: 'Mức hài lòng (1–5)', en: 'Satisfaction (1–5)' },
        columns: ['satisfaction', 'muc hai long', 'hai long'],
        grades: satisfactionGrades,
      }),
    ),
    ratedUnit: optional(text({ words: { vi: 'Đơn vị được đánh giá', en: 'Unit rated' }, columns: ['rated unit'] })),
    ratingNote: optional(
      longText({ words: { vi: 'Nhận xét', en: 'Remark of the reporter' }, columns: ['rating note', 'nhan xet'] }),
    ),
  },
  derived: {
    clockFrom: moment({ vi: 'Tính giờ từ', en: 'Clock began' }),
    pausedSeconds: count({ vi: 'Đã dừng (giây)', en: 'Clock stood (seconds)' }),
    dueAt: moment({ vi: 'Hạn trả lời', en: 'Due' }),
    remindedAt: moment({ vi: 'Đã nhắc lúc', en: 'Unit reminded' }),
    closures: count({ vi: 'Số lần trả lời', en: 'Times answered' }),
    reopenings: count({ vi: 'Số lần mở lại', en: 'Times reopened' }),
    ratedClosures: count({ vi: 'Lần trả lời đã đánh giá', en: 'Answer that was rated' }),
    firstClosedAt: moment({ vi: 'Trả lời lần đầu', en: 'First answered' }),
    firstClosedBy: {
      words: { vi: 'Đơn vị trả lời lần đầu', en: 'Unit of the first answer' },
      schema: z.string(),
      column: 'text',
    },
    firstOutcome: {
      words: { vi: 'Kết quả lần đầu', en: 'First outcome' },
      schema: z.enum(Object.keys(outcomes) as [string, ...string[]]),
      column: 'text',
    },
    firstInTime: {
      words: { vi: 'Lần đầu đúng hạn', en: 'First answer on time' },
      schema: z.boolean(),
      column: 'boolean',
    },
  },
  derive: clockAfter,
  forbids: (step, state, now) => (step === 'reopen' ? reopeningRefused(state, now) : undefined),
  category: 'topic',
  figures: {
    'reports-open': {
      words: { vi: 'Phản ánh chưa trả lời', en: 'Reports unanswered' },
      main: true,
      explanation: {
        vi: 'Phản ánh đã tiếp nhận, chưa có trả lời hoặc đã mở lại, tại thời điểm xem.',
        en: 'Received and not answered, or reopened, at the moment looked from.',
      },
      condition: () => isOpen,
    },
    'reports-overdue': {
      words: { vi: 'Phản ánh quá hạn', en: 'Reports overdue' },
      main: true,
      explanation: {
        vi: 'Phản ánh chưa trả lời mà đã hết hạn (48 giờ kể từ khi tiếp nhận, không tính lúc chờ người dân bổ sung).',
        en: 'Unanswered ones past their due time: 48 hours from receipt, without the time in which the unit waited for the reporter.',
      },
      condition: ({ instant }) => sql`${isOpen} AND v.due_at <= ${instant}::timestamptz`,
    },
    'reports-7d': {
      words: { vi: 'Phản ánh trong 7 ngày', en: 'Reports in 7 days' },
      explanation: {
        vi: 'Phản ánh tiếp nhận trong 7 ngày, tính đến hết ngày xem theo giờ địa phương.',
        en: 'Received on the 7 local days that end with the day looked from.',
      },
      condition: ({ day, timeZone }) => {
        const local = sql`(v.occurred_at AT TIME ZONE ${timeZone})::date`;
        return sql`${local} > ${day}::date - 7 AND ${local} <= ${day}::date`;
      },
    },
  },
  unit: { vi: 'phản ánh', en: 'reports' },
  map: {
    shape: { filled: false, radiusMetres: 26, smallestPixels: 3, largestPixels: 9 },
    colours: {
      light: { open: [0, 104, 139], over: [150, 158, 162] },
      dark: { open: [96, 208, 240], over: [120, 128, 132] },
    },
    openWords: { vi: 'chưa trả lời', en: 'unanswered' },
    overWords: { vi: 'đã trả lời', en: 'answered' },
    collection: {
      id: 'report',
      title: 'citizens’ reports',
      description: 'reports of citizens: topic, state, day and place; no person, no text',
    },
  },
  implausible: afterTheDay,
});

/** By their names, for those that say them. */
export const reportReceived = report.told;
export const reportRouted = report.stepEvents.route!;
export const reportPaused = report.stepEvents.pause!;
export const reportClosed = report.stepEvents.close!;
export const reportReopened = report.stepEvents.reopen!;
export const reportReminded = report.remarkEvents.reminded!;
export const reportRated = report.remarkEvents.rated!;

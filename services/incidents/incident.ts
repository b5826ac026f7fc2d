import sql from 'sql-template-tag';
import type { Words } from '#contracts/words.ts';
import { afterTheDay } from '#lifecycle/after-the-day.ts';
import { defineEntity } from '#lifecycle/entity/entity.ts';
import { choice, grade, longText, optional, text } from '#lifecycle/entity/fields.ts';
import type { Formula } from '#lifecycle/read-figures.ts';

/** Traffic and security, by what has to be sent there. Append only: order is part of the bytes of points. */
export const kinds = {
  crash: { vi: 'tai nạn giao thông', en: 'crash' },
  congestion: { vi: 'ùn tắc', en: 'congestion' },
  flooding: { vi: 'ngập đường', en: 'flooded road' },
  'signal-failure': { vi: 'đèn tín hiệu hỏng', en: 'signal failure' },
  breakdown: { vi: 'xe chết máy', en: 'broken-down vehicle' },
  'fallen-tree': { vi: 'cây đổ', en: 'fallen tree' },
  theft: { vi: 'trộm cắp', en: 'theft' },
  robbery: { vi: 'cướp, cướp giật', en: 'robbery' },
  'public-disorder': { vi: 'gây rối trật tự', en: 'public disorder' },
  fire: { vi: 'cháy, nổ', en: 'fire or explosion' },
  rescue: { vi: 'cứu nạn, đuối nước', en: 'rescue or drowning' },
  other: { vi: 'khác', en: 'other' },
} as const satisfies Record<string, Words>;
export type IncidentKind = keyof typeof kinds;

/** 1 minor: passes by itself · 2 moderate: one crew · 3 severe: several crews, or people hurt · 4 serious: lives in danger, or a main road closed. */
export const severities = {
  1: { vi: '1 – nhẹ', en: '1 – minor' },
  2: { vi: '2 – vừa', en: '2 – moderate' },
  3: { vi: '3 – nặng', en: '3 – severe' },
  4: { vi: '4 – nghiêm trọng', en: '4 – serious' },
} as const satisfies Record<number, Words>;

const sources = {
  hotline: { vi: 'đường dây nóng', en: 'hotline' },
  patrol: { vi: 'tuần tra', en: 'patrol' },
  camera: { vi: 'camera', en: 'camera' },
  sensor: { vi: 'cảm biến', en: 'sensor' },
  resident: { vi: 'người dân', en: 'resident' },
} as const satisfies Record<string, Words>;

const outcomes = {
  handled: { vi: 'đã xử lý tại chỗ', en: 'handled on the spot' },
  'handed-over': { vi: 'đã bàn giao cơ quan chức năng', en: 'handed over to the authority' },
  'passed-by-itself': { vi: 'tự hết', en: 'passed by itself' },
} as const satisfies Record<string, Words>;

/** Since so many local days, the one looked from included. What turned out to be nothing does not count. */
const occurredWithin =
  (days: number): Formula['condition'] =>
  ({ day, timeZone }) => {
    const local = sql`(v.occurred_at AT TIME ZONE ${timeZone})::date`;
    return sql`v.status <> 'dismissed' AND ${local} > ${day}::date - ${days}::int AND ${local} <= ${day}::date`;
  };

/**
 * An incident of traffic or security: reported, then cleared, or dismissed when it was none. Kind, severity, place and status are public. Description
 * and note may name people: they are in the list for whoever works on the incident, and on no stream, map, tile or OGC item.
 */
export const incident = defineEntity({
  service: 'incidents',
  noun: 'incident',
  plural: 'incidents',
  words: { vi: 'Sự cố giao thông, an ninh', en: 'Traffic and security incidents' },
  dataClass: 'public',
  statuses: {
    reported: { vi: 'đang diễn ra', en: 'going on' },
    cleared: { vi: 'đã xử lý xong', en: 'cleared' },
    dismissed: { vi: 'báo sai', en: 'false report' },
  },
  toldWords: { vi: 'Báo sự cố', en: 'Incident reported' },
  steps: {
    clear: {
      from: ['reported'],
      to: 'cleared',
      words: { vi: 'Sự cố đã xử lý xong', en: 'Incident cleared' },
      says: ['outcome', 'note'],
    },
    dismiss: {
      from: ['reported'],
      to: 'dismissed',
      gone: true,
      words: { vi: 'Sự cố báo sai', en: 'Incident dismissed' },
      says: ['note'],
    },
  },
  fields: {
    kind: choice({
      words: { vi: 'Loại', en: 'Kind' },
      columns: ['kind', 'loai su co', 'loai vu viec', 'loai tin', 'loai', 'phan loai', 'type'],
      choices: kinds,
    }),
    severity: grade({
      words: { vi: 'Mức độ (1–4)', en: 'Severity (1–4)' },
      columns: [
        'severity',
        'muc do nghiem trong',
        'muc do',
        'muc',
        'muc do su co',
        'muc su co',
        'cap do',
        'cap do su co',
        'do nghiem trong',
        'level',
      ],
      grades: severities,
    }),
    source: optional(
      choice({
        words: { vi: 'Nguồn', en: 'Source' },
        columns: ['source', 'nguon tin', 'nguon', 'told by'],
        choices: sources,
      }),
    ),
    address: optional(
      text({
        words: { vi: 'Địa chỉ', en: 'Address' },
        columns: ['address', 'dia chi', 'dia diem', 'duong', 'ten duong', 'street', 'noi xay ra', 'dia diem xay ra'],
      }),
    ),
    description: optional(
      longText({ words: { vi: 'Mô tả', en: 'Description' }, columns: ['description', 'mo ta', 'noi dung'] }),
    ),
    outcome: optional(
      choice({
        words: { vi: 'Kết quả', en: 'Outcome' },
        columns: ['outcome', 'ket qua', 'ket qua xu ly'],
        choices: outcomes,
      }),
    ),
    note: optional(longText({ words: { vi: 'Ghi chú', en: 'Note' }, columns: ['note', 'ghi chu'] })),
  },
  category: 'kind',
  figures: {
    'incidents-open': {
      words: { vi: 'Sự cố đang diễn ra', en: 'Incidents going on' },
      main: true,
      explanation: {
        vi: 'Sự cố đã báo, chưa xử lý xong và không phải báo sai, tại thời điểm xem.',
        en: 'Reported, and neither cleared nor dismissed, at the moment looked from.',
      },
      condition: () => sql`v.status = 'reported'`,
    },
    'incidents-serious': {
      words: { vi: 'Sự cố nặng đang diễn ra (mức 3–4)', en: 'Severe incidents now (levels 3–4)' },
      main: true,
      explanation: {
        vi: 'Sự cố đang diễn ra có mức độ 3 hoặc 4.',
        en: 'Incidents going on with severity 3 or 4.',
      },
      condition: () => sql`v.status = 'reported' AND v.severity >= 3`,
    },
    'incidents-1d': {
      words: { vi: 'Sự cố trong ngày', en: 'Incidents of the day' },
      explanation: {
        vi: 'Sự cố xảy ra trong ngày xem, từ 0 giờ theo giờ địa phương, kể cả đã xử lý xong; không tính báo sai.',
        en: 'Incidents that happened on the local day looked from, since midnight, cleared ones too; false reports do not count.',
      },
      condition: occurredWithin(1),
    },
    'incidents-7d': {
      words: { vi: 'Sự cố trong 7 ngày', en: 'Incidents in 7 days' },
      explanation: {
        vi: 'Sự cố xảy ra trong 7 ngày, tính đến hết ngày xem theo giờ địa phương, kể cả đã xử lý xong; không tính báo sai.',
        en: 'Incidents that happened on the 7 local days that end with the day looked from, cleared ones too; false reports do not count.',
      },
      condition: occurredWithin(7),
    },
  },
  unit: { vi: 'sự cố', en: 'incidents' },
  map: {
    shape: { filled: true, radiusMetres: 34, smallestPixels: 4, largestPixels: 11 },
    colours: {
      light: { open: [44, 22, 130], over: [154, 148, 166] },
      dark: { open: [252, 242, 96], over: [126, 120, 132] },
    },
    shownAtFirst: true,
    openWords: { vi: 'đang diễn ra', en: 'going on' },
    overWords: { vi: 'đã xử lý xong', en: 'cleared' },
    collection: {
      id: 'incident',
      title: 'incidents',
      description: 'traffic and security incidents: kind, state, day and place; no person',
    },
  },
  implausible: afterTheDay,
});

/** By their names, for those that say them. */
export const incidentReported = incident.told;
export const incidentCleared = incident.stepEvents.clear!;
export const incidentDismissed = incident.stepEvents.dismiss!;

import type { EventData } from '#contracts/catalogue.ts';
import { violationClosed } from '#contracts/events/urban-order/violation-closed.ts';
import { violationReported } from '#contracts/events/urban-order/violation-reported.ts';
import { areaField, placeFields } from '#contracts/import-fields.ts';
import { draft, given, type ImportKind } from '#contracts/import-kind.ts';
import { offenceKind } from './offences.ts';

/** Reports of breaches, and their end when the source tells it. One number may stand for several breaches: they get ids of their own. */
export const violations: ImportKind = {
  name: 'violations',
  words: { vi: 'Vi phạm', en: 'Violations' },
  fields: [
    {
      name: 'violationId',
      type: 'identifier',
      required: true,
      columns: [
        'violation id',
        'request id',
        'case no',
        'case number',
        'service request number',
        'ma vi pham',
        'ma ho so',
        'so ho so',
        'ma vu',
        'ma vu viec',
        'ma so vu viec',
        'so vu viec',
        'so vu',
        'ma phan anh',
        'ma kien nghi',
        'ma yeu cau',
        'ma phieu',
        'so phieu',
        'so bien ban',
        'ticket id',
        'id',
        'uuid',
      ],
      vague: ['ma', 'ma so', 'so', 'so hieu'],
    },
    {
      name: 'kind',
      type: 'text',
      columns: [
        'kind',
        'description',
        'nature',
        'loai vi pham',
        'loai',
        'hanh vi',
        'hanh vi vi pham',
        'noi dung vi pham',
        'loai hanh vi',
        'violation type',
        'type',
      ],
    },
    {
      name: 'occurredAt',
      type: 'instant',
      required: true,
      columns: [
        'occurred at',
        'created date',
        'status at local',
        'status dttm',
        'ngay vi pham',
        'ngay phat hien',
        'ngay lap bien ban',
        'ngay phan anh',
        'ngay ghi nhan',
        'ngay tiep nhan',
        'ngay kiem tra',
        'thoi gian vi pham',
        'thoi diem vi pham',
        'thoi diem phat hien',
        'thoi gian',
        'date',
        'ngay',
      ],
    },
    {
      name: 'closedAt',
      type: 'instant',
      columns: [
        'closed at',
        'completed date',
        'closed date',
        'ngay dong',
        'ngay hoan thanh',
        'ngay hoan tat',
        'ngay khac phuc',
        'ngay khac phuc xong',
        'ngay xu ly xong',
        'ngay ket thuc',
      ],
    },
    {
      name: 'status',
      type: 'text',
      columns: ['status', 'trang thai', 'tinh trang', 'tinh trang xu ly', 'trang thai xu ly'],
    },
    { name: 'code', type: 'text', columns: ['code', 'ma hanh vi', 'dieu khoan'] },
    areaField,
    ...placeFields,
    {
      name: 'houseNumber',
      type: 'text',
      columns: ['street no', 'house number', 'so nha', 'violation stno'],
      dispensable: true,
    },
    {
      name: 'address',
      type: 'text',
      columns: [
        'address',
        'street',
        'dia chi',
        'dia chi vi pham',
        'dia diem',
        'dia diem vi pham',
        'noi vi pham',
        'duong',
        'ten duong',
      ],
      dispensable: true,
    },
    {
      name: 'reporter',
      type: 'text',
      columns: ['reporter', 'nguoi bao', 'nguoi phan anh', 'don vi bao'],
      dispensable: true,
    },
    { name: 'note', type: 'text', columns: ['note', 'ghi chu', 'noi dung'], dispensable: true },
  ],
  identity: (row) => row.identifier('violationId'),
  repeated: 'suffix',
  withdrawal: {
    words: { vi: 'Tin vi phạm bị bác bỏ', en: 'Reports of violations are dismissed' },
    address: '/api/urban-order/violations',
    step: 'dismiss',
    body: {},
    reason: 'reason',
    status: 'dismissed',
    // A file that is closed has come to its end: nothing leads back.
    entityOf: (drafts) =>
      drafts.length === 1 ? (drafts[0]!.data as EventData<'violation-reported'>).violationId : undefined,
  },
  drafts: (row, { id }) => {
    const [occurredAt, closedAt] = [row.instant('occurredAt'), row.instant('closedAt')];
    const location = row.position();
    const [number, street] = [row.text('houseNumber'), row.text('address')];
    const address = [number, street].filter(Boolean).join(' ').slice(0, 200) || undefined;
    const code = row.text('code', 80);
    const words = row.text('kind');
    const optional = {
      sourceKind: words && code ? `${code} ${words}`.slice(0, 200) : (words ?? code),
      location,
      areaId: row.area('areaId'),
      address,
      reporter: row.text('reporter'),
      description: row.text('note', 4000),
      reference: row.text('violationId', 80),
    };
    if (id === undefined || occurredAt === undefined) return [];
    const known = words && offenceKind(row.plain('kind'));
    if (words && !known)
      row.note({
        vi: `hành vi "${words}" không có trong danh mục: ghi là "khác", giữ nguyên lời`,
        en: `offence "${words}" is not in the list: taken as "other", its words are kept`,
      });
    const kind = known || 'other';
    const drafts = [draft(violationReported, occurredAt, { violationId: id, kind, occurredAt, ...given(optional) })];
    const status = row.plain('status');
    const closed = /^(closed|completed|resolved|da dong|hoan thanh|da khac phuc)\b/.test(status);
    if (closedAt !== undefined || closed) {
      // A source that keeps only the time of the last status: the file was closed then.
      const at = closedAt ?? occurredAt;
      const outcome = /\bdup/.test(status) ? 'duplicate, by the source' : row.text('status');
      if (at < occurredAt)
        row.problem('closedAt', {
          vi: `trước ${occurredAt}, lúc được báo`,
          en: `before ${occurredAt}, when it was reported`,
        });
      drafts.push(draft(violationClosed, at, { violationId: id, occurredAt: at, ...given({ outcome }) }));
    }
    return drafts;
  },
};

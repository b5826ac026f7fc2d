import { areaField, placeFields } from '#contracts/import-fields.ts';
import { draft, given, type ImportKind } from '#contracts/import-kind.ts';
import { spellings } from '#lifecycle/entity/fields.ts';
import { incident, incidentCleared, incidentDismissed, incidentReported, kinds } from '../incident.ts';

const { kind, severity, source, address, description, outcome, note } = incident.fields;

/** Further words of sources for the kinds, beside those of the declaration. */
const kindsAsSaid = {
  ...spellings(kinds),
  'tai nạn': 'crash',
  'va chạm': 'crash',
  accident: 'crash',
  'kẹt xe': 'congestion',
  'ùn ứ': 'congestion',
  ngập: 'flooding',
  flooding: 'flooding',
  'hỏng đèn tín hiệu': 'signal-failure',
  'xe hỏng': 'breakdown',
  'cây ngã': 'fallen-tree',
  trộm: 'theft',
  'cướp giật': 'robbery',
  cướp: 'robbery',
  'gây rối': 'public-disorder',
  cháy: 'fire',
  nổ: 'fire',
  fire: 'fire',
  'cứu nạn': 'rescue',
  'đuối nước': 'rescue',
  drowning: 'rescue',
};

/** 'dismissed', or that it is over; a row that says neither goes on. */
const ends = {
  ...spellings(incident.statuses),
  'đang xử lý': 'reported',
  open: 'reported',
  'đã xử lý': 'cleared',
  'đã xong': 'cleared',
  closed: 'cleared',
  'tin giả': 'dismissed',
};

/** Incidents, and their end when the source tells it: by a moment in a column of its own, or by a status. */
export const incidents: ImportKind = {
  name: 'incidents',
  words: incident.words,
  fields: [
    {
      name: 'incidentId',
      type: 'identifier',
      required: true,
      columns: [
        'incident id',
        'ma su co',
        'ma vu viec',
        'ma vu',
        'so vu viec',
        'ma tin',
        'ma phan anh',
        'incident number',
        'ma so',
        'id',
        'uuid',
      ],
      vague: ['ma', 'so', 'so hieu'],
    },
    { name: 'kind', type: kind!.cell, required: true, columns: kind!.columns },
    { name: 'severity', type: severity!.cell, required: true, columns: severity!.columns },
    {
      name: 'occurredAt',
      type: 'instant',
      required: true,
      columns: [
        'occurred at',
        'reported at',
        'thoi gian bao',
        'thoi diem bao',
        'thoi gian tiep nhan',
        'thoi gian xay ra',
        'thoi diem xay ra',
        'ngay xay ra',
        'thoi gian',
        'thoi diem',
        'ngay gio',
        'time',
        'ngay',
        'date',
      ],
    },
    {
      name: 'clearedAt',
      type: 'instant',
      columns: [
        'cleared at',
        'thoi gian xu ly xong',
        'xu ly xong luc',
        'ngay xu ly xong',
        'ket thuc luc',
        'thoi gian ket thuc',
        'thoi diem ket thuc',
        'closed at',
        'end time',
      ],
    },
    { name: 'status', type: 'word', columns: ['status', 'trang thai', 'tinh trang'] },
    { name: 'source', type: source!.cell, columns: source!.columns },
    { name: 'outcome', type: outcome!.cell, columns: outcome!.columns },
    areaField,
    ...placeFields,
    { name: 'address', type: address!.cell, columns: address!.columns },
    { name: 'description', type: description!.cell, columns: description!.columns },
    { name: 'note', type: note!.cell, columns: note!.columns },
  ],
  identity: (row) => row.identifier('incidentId'),
  repeated: 'refuse',
  withdrawal: {
    words: { vi: 'Sự cố được ghi là báo sai', en: 'Incidents are marked as false reports' },
    address: '/api/incidents/incidents',
    step: 'dismiss',
    body: {},
    reason: 'note',
    status: 'dismissed',
    // What is over or dismissed already has come to its end.
    entityOf: (drafts) =>
      drafts.length === 1 ? String((drafts[0]!.data as { incidentId: string }).incidentId) : undefined,
  },
  drafts: (row, { id: incidentId }) => {
    const [occurredAt, clearedAt] = [row.instant('occurredAt'), row.instant('clearedAt')];
    const told = {
      kind: row.word('kind', kindsAsSaid),
      severity: severity!.read(row, 'severity'),
      source: source!.read(row, 'source'),
      areaId: row.area('areaId'),
      location: row.position(),
      address: address!.read(row, 'address'),
      description: description!.read(row, 'description'),
    };
    const status = row.word('status', ends) ?? (clearedAt === undefined ? 'reported' : 'cleared');
    const ended = { outcome: outcome!.read(row, 'outcome'), note: note!.read(row, 'note') };
    if (incidentId === undefined || occurredAt === undefined) return [];
    const drafts = [draft(incidentReported, occurredAt, { incidentId, occurredAt, ...given(told) })];
    if (status === 'reported') {
      if (clearedAt !== undefined)
        row.problem('clearedAt', {
          vi: 'trạng thái lại cho biết sự việc còn tiếp diễn',
          en: 'the status says that it goes on',
        });
      return drafts;
    }
    // A source that keeps no moment of the end: it was over when it was reported.
    const at = clearedAt ?? occurredAt;
    if (at < occurredAt)
      row.problem('clearedAt', {
        vi: `trước ${occurredAt}, lúc được báo`,
        en: `before ${occurredAt}, when it was reported`,
      });
    if (status === 'cleared') drafts.push(draft(incidentCleared, at, { incidentId, occurredAt: at, ...given(ended) }));
    else drafts.push(draft(incidentDismissed, at, { incidentId, occurredAt: at, ...given({ note: ended.note }) }));
    return drafts;
  },
};

import type { EventData } from '#contracts/catalogue.ts';
import { type CaseStatus, caseConfirmed } from '#contracts/events/epidemic/case-confirmed.ts';
import { cases as feed } from '#contracts/events/epidemic/feeds.ts';
import { areaField, placeFields, publishedField } from '#contracts/import-fields.ts';
import { draft, given, type ImportKind, type ImportRow, ownWords } from '#contracts/import-kind.ts';

const sexes = {
  female: 'female',
  f: 'female',
  nu: 'female',
  male: 'male',
  m: 'male',
  nam: 'male',
  other: 'other',
  khac: 'other',
  unknown: 'unknown',
} as const;

const exposures = {
  ...ownWords(feed.points.categories, feed.values),
  community: 'community',
  'cong dong': 'community',
  quarantine: 'quarantine',
  'cach ly': 'quarantine',
  'khu cach ly': 'quarantine',
  'phong toa': 'quarantine',
  imported: 'imported',
  'nhap canh': 'imported',
  unknown: 'unknown',
  'chua ro': 'unknown',
} as const;

/** A row about somebody who is not known to be a case: it is refused, and not counted. */
type Standing = CaseStatus | 'confirmed' | 'unconfirmed';

const statuses: Record<string, Standing> = {
  ...ownWords(feed.points.statuses, feed.values),
  active: 'active',
  'dang dieu tri': 'active',
  'home care': 'home-care',
  'tai nha': 'home-care',
  'dang dieu tri tai nha': 'home-care',
  'dieu tri tai nha': 'home-care',
  hospitalised: 'hospitalised',
  hospitalized: 'hospitalised',
  'nhap vien': 'hospitalised',
  'intensive care': 'intensive-care',
  icu: 'intensive-care',
  'hoi suc': 'intensive-care',
  recovered: 'recovered',
  'khoi benh': 'recovered',
  'xuat vien': 'recovered',
  deceased: 'deceased',
  died: 'deceased',
  'tu vong': 'deceased',
  'not a case': 'not-a-case',
  'khong phai f0': 'not-a-case',
  confirmed: 'confirmed',
  'confirmed case': 'confirmed',
  'xac dinh': 'confirmed',
  'da xac dinh': 'confirmed',
  'xac nhan': 'confirmed',
  'duong tinh': 'confirmed',
  'ca xac dinh': 'confirmed',
  'ca benh xac dinh': 'confirmed',
  positive: 'confirmed',
  suspected: 'unconfirmed',
  suspect: 'unconfirmed',
  'suspected case': 'unconfirmed',
  probable: 'unconfirmed',
  'probable case': 'unconfirmed',
  possible: 'unconfirmed',
  unconfirmed: 'unconfirmed',
  'under investigation': 'unconfirmed',
  pending: 'unconfirmed',
  discarded: 'unconfirmed',
  negative: 'unconfirmed',
  omit: 'unconfirmed',
  'omit error': 'unconfirmed',
  'nghi ngo': 'unconfirmed',
  nghi: 'unconfirmed',
  'nghi nhiem': 'unconfirmed',
  'nghi mac': 'unconfirmed',
  'ca nghi ngo': 'unconfirmed',
  'co the': 'unconfirmed',
  'am tinh': 'unconfirmed',
  'loai tru': 'unconfirmed',
  'cho ket qua': 'unconfirmed',
};

const outcomes: Record<string, Standing> = {
  ...statuses,
  death: 'deceased',
  dead: 'deceased',
  fatal: 'deceased',
  chet: 'deceased',
  mat: 'deceased',
  'da mat': 'deceased',
  'da tu vong': 'deceased',
  recovery: 'recovered',
  discharged: 'recovered',
  cured: 'recovered',
  khoi: 'recovered',
  'da khoi': 'recovered',
  'da khoi benh': 'recovered',
  'ra vien': 'recovered',
  'da xuat vien': 'recovered',
  admitted: 'hospitalised',
  hospital: 'hospitalised',
  'hospital admission': 'hospitalised',
  'icu admission': 'intensive-care',
};

const whole = { type: 'whole', dispensable: true } as const;
const word = { type: 'word', dispensable: true } as const;
const day = { type: 'day', dispensable: true } as const;

/**
 * A line list: one row a case. Two rows with one number and other content contradict each other, and the second is refused. So is a row whose person is
 * only suspected. Age, sex, onset, specimen, exposure and status may be unreadable: the case is one all the same.
 */
export const cases: ImportKind = {
  name: 'cases',
  words: { vi: 'Ca bệnh', en: 'Cases' },
  fields: [
    {
      name: 'caseId',
      type: 'identifier',
      required: true,
      columns: [
        'case id',
        'ma ca',
        'ma ca benh',
        'ma so ca',
        'ma so ca benh',
        'ma benh nhan',
        'ma so benh nhan',
        'ma bn',
        'mabn',
        'ma so bn',
        'so bn',
        'so benh nhan',
        'benh nhan so',
        'ma f0',
        'ma benh',
        'patient id',
        'patient number',
        'case number',
        'case no',
        'epid number',
        'epid',
        'ma ho so',
        'so benh an',
        'ma benh an',
        'tracked entity instance',
        'bn',
        'id',
        'uuid',
      ],
      vague: ['ma', 'ma so', 'so', 'so hieu', 'code', 'record id'],
    },
    areaField,
    ...placeFields,
    {
      name: 'ageYears',
      ...whole,
      most: 125,
      columns: ['age years', 'age', 'tuoi', 'age in years', 'so tuoi', 'tuoi benh nhan'],
    },
    { name: 'sex', ...word, columns: ['sex', 'gender', 'gioi tinh', 'gioi', 'phai', 'gioi tinh nam nu', 'nam nu'] },
    {
      name: 'onsetDate',
      ...day,
      columns: [
        'onset date',
        'date onset',
        'date of onset',
        'date onset symptoms',
        'symptom onset',
        'symptom onset date',
        'ngay khoi phat',
        'ngay khoi phat trieu chung',
        'ngay khoi benh',
        'ngay phat benh',
        'ngay co trieu chung',
        'ngay xuat hien trieu chung',
        'ngay bat dau trieu chung',
        'khoi phat',
      ],
    },
    {
      name: 'specimenDate',
      ...day,
      columns: [
        'specimen date',
        'date specimen',
        'sample date',
        'date sample',
        'ngay lay mau',
        'lay mau',
        'ngay lay mau xet nghiem',
        'ngay lay mau xn',
        'ngay lay benh pham',
        'date of specimen',
        'collection date',
      ],
    },
    {
      name: 'confirmedDate',
      type: 'day',
      required: true,
      columns: [
        'confirmed date',
        'date confirmed',
        'date confirmation',
        'date of confirmation',
        'confirmation date',
        'diagnosis date',
        'ngay xac dinh',
        'ngay duong tinh',
        'ngay co ket qua duong tinh',
        'ngay xac nhan',
        'ngay co ket qua',
        'ngay co kq',
        'ngay co ket qua xet nghiem',
        'ngay co kq xn',
        'ngay xet nghiem duong tinh',
        'ngay xn duong tinh',
        'ngay phat hien',
        'ngay chan doan',
        'ngay mac benh',
        'ngay mac',
        'ngay tra ket qua',
        'ngay ket qua',
        'ngay ghi nhan',
        'date of diagnosis',
        'date positive',
        'date',
      ],
    },
    {
      name: 'exposure',
      ...word,
      columns: ['exposure', 'nguon lay', 'nguon lay nhiem', 'noi phat hien', 'hinh thuc phat hien', 'phan loai'],
    },
    {
      name: 'classification',
      ...word,
      columns: ['classification', 'case classification', 'case status', 'confirmation', 'phan loai ca', 'loai ca'],
    },
    {
      name: 'status',
      ...word,
      columns: [
        'status',
        'tinh trang',
        'trang thai',
        'tinh trang hien tai',
        'tinh trang hien nay',
        'tinh trang benh nhan',
        'tinh trang dieu tri',
        'trang thai dieu tri',
      ],
    },
    {
      name: 'outcome',
      ...word,
      columns: ['outcome', 'ket qua dieu tri', 'kq dieu tri', 'ket cuc', 'dien bien', 'tinh trang ra vien'],
    },
    publishedField,
  ],
  identity: (row) => row.identifier('caseId'),
  repeated: 'refuse',
  withdrawal: {
    words: { vi: 'Ca bệnh được ghi là “không phải ca bệnh”', en: 'Cases are marked "not a case"' },
    address: '/api/epidemic/cases',
    step: 'status',
    body: { status: 'not-a-case' },
    reason: 'reason',
    status: 'not-a-case',
    entityOf: ([first]) => (first?.data as EventData<'case-confirmed'> | undefined)?.caseId,
  },
  drafts: (row, { id }) => {
    const confirmedDate = row.day('confirmedDate');
    const location = row.position();
    const optional = {
      areaId: row.area('areaId'),
      location,
      ageYears: row.whole('ageYears'),
      sex: row.word('sex', sexes),
      onsetDate: row.day('onsetDate'),
      specimenDate: row.day('specimenDate'),
      exposure: row.word('exposure', exposures),
      status: statusOf(row),
    };
    if (id === undefined || confirmedDate === undefined) return [];
    return [
      draft(
        caseConfirmed,
        row.noonOf(confirmedDate),
        { caseId: id, confirmedDate, ...given(optional) },
        row.instant('publishedAt'),
      ),
    ];
  },
};

/** Where the case stands; undefined when the row does not say. The outcome is said later than a status. A row that is about no confirmed case is refused. */
function statusOf(row: ImportRow): CaseStatus | undefined {
  const said = [
    ['outcome', row.word('outcome', outcomes)],
    ['status', row.word('status', outcomes)],
    ['classification', row.word('classification', statuses)],
  ] as const;
  for (const [field, standing] of said)
    if (standing === 'unconfirmed')
      row.problem(field, {
        vi: 'không phải ca đã xác định: không tính là ca',
        en: 'not a confirmed case: it is not counted',
      });
  const found = said.map(([, standing]) => standing).find((standing) => standing && standing !== 'confirmed');
  return found === 'confirmed' || found === 'unconfirmed' ? undefined : found;
}

import { caseConfirmed } from '#contracts/events/epidemic/case-confirmed.ts';
import { areaField, placeFields, publishedField } from '#contracts/import-fields.ts';
import { draft, given, type ImportKind } from '#contracts/import-kind.ts';

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

const statuses = {
  active: 'active',
  'dang dieu tri': 'active',
  'home care': 'home-care',
  'tai nha': 'home-care',
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
} as const;

/** A line list: one row a case. Two rows with one number and other content contradict each other, and the second is refused. */
export const cases: ImportKind = {
  name: 'cases',
  words: { vi: 'Ca bệnh', en: 'Cases' },
  fields: [
    {
      name: 'caseId',
      type: 'identifier',
      required: true,
      columns: ['case id', 'ma ca', 'ma benh nhan', 'ma bn', 'so bn', 'case number', 'case no', 'bn', 'id'],
    },
    areaField,
    ...placeFields,
    { name: 'ageYears', type: 'whole', columns: ['age years', 'age', 'tuoi'] },
    { name: 'sex', type: 'word', columns: ['sex', 'gender', 'gioi tinh', 'gioi', 'phai'] },
    {
      name: 'onsetDate',
      type: 'day',
      columns: ['onset date', 'date of onset', 'symptom onset', 'ngay khoi phat', 'khoi phat'],
    },
    { name: 'specimenDate', type: 'day', columns: ['specimen date', 'sample date', 'ngay lay mau', 'lay mau'] },
    {
      name: 'confirmedDate',
      type: 'day',
      required: true,
      columns: [
        'confirmed date',
        'date confirmed',
        'diagnosis date',
        'ngay xac dinh',
        'ngay duong tinh',
        'ngay xac nhan',
        'ngay co ket qua',
        'date',
      ],
    },
    { name: 'exposure', type: 'word', columns: ['exposure', 'nguon lay', 'noi phat hien', 'phan loai'] },
    { name: 'status', type: 'word', columns: ['status', 'outcome', 'tinh trang', 'trang thai', 'ket qua dieu tri'] },
    publishedField,
  ],
  identity: (row) => row.identifier('caseId'),
  repeated: 'refuse',
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
      status: row.word('status', statuses),
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

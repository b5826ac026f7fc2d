import type { EventData } from '#contracts/catalogue.ts';
import { capacityReported } from '#contracts/events/epidemic/capacity-reported.ts';
import { areaField, placeFields } from '#contracts/import-fields.ts';
import { draft, given, type ImportKind } from '#contracts/import-kind.ts';

const facilityKinds = {
  hospital: 'hospital',
  'benh vien': 'hospital',
  'field hospital': 'field-hospital',
  'benh vien da chien': 'field-hospital',
  'health station': 'health-station',
  'tram y te': 'health-station',
  'mobile station': 'mobile-station',
  'tram y te luu dong': 'mobile-station',
  'care team': 'care-team',
  'to cham soc': 'care-team',
  'to cham soc cong dong': 'care-team',
} as const;

const count = (name: string, columns: string[]) => ({ name, type: 'whole' as const, columns });

/** Reports of facilities: each row is the state of one at a moment. */
export const capacity: ImportKind = {
  name: 'capacity',
  words: { vi: 'Năng lực điều trị', en: 'Treatment capacity' },
  placedOnce: true,
  fields: [
    {
      name: 'facilityId',
      type: 'identifier',
      required: true,
      columns: ['facility id', 'ma co so', 'ma benh vien', 'id'],
    },
    {
      name: 'name',
      type: 'text',
      required: true,
      columns: ['name', 'facility', 'ten co so', 'ten', 'co so', 'hospital name'],
    },
    { name: 'kind', type: 'word', required: true, columns: ['kind', 'type', 'loai', 'loai co so', 'facility type'] },
    {
      name: 'reportedAt',
      type: 'instant',
      required: true,
      columns: ['reported at', 'published at', 'thoi diem', 'ngay bao cao', 'date', 'ngay'],
    },
    areaField,
    ...placeFields,
    { ...count('bedsTotal', ['beds total', 'beds', 'tong giuong', 'so giuong', 'total beds']), required: true },
    {
      ...count('bedsOccupied', ['beds occupied', 'occupied', 'giuong dang dung', 'dang dieu tri', 'occupied beds']),
      required: true,
    },
    count('intensiveCareTotal', ['intensive care total', 'icu beds', 'giuong icu', 'giuong hoi suc']),
    count('intensiveCareOccupied', ['intensive care occupied', 'icu occupied', 'icu dang dung']),
    { ...count('oxygenPoints', ['oxygen points', 'oxygen', 'o xy', 'diem oxy', 'diem o xy']), dispensable: true },
    { ...count('staff', ['staff', 'nhan luc', 'nhan vien']), dispensable: true },
  ],
  // Reports are a series: another moment is another fact.
  about: ({ time, data }) => [(data as EventData<'capacity-reported'>).facilityId, time],
  drafts: (row) => {
    const [facilityId, name, kind, at] = [
      row.identifier('facilityId'),
      row.text('name'),
      row.word('kind', facilityKinds),
      row.instant('reportedAt'),
    ];
    const [bedsTotal, bedsOccupied] = [row.whole('bedsTotal'), row.whole('bedsOccupied')];
    const location = row.position();
    const optional = {
      areaId: row.area('areaId'),
      location,
      oxygenPoints: row.whole('oxygenPoints'),
      staff: row.whole('staff'),
    };
    const [intensiveCareTotal, intensiveCareOccupied] = [
      row.whole('intensiveCareTotal') ?? 0,
      row.whole('intensiveCareOccupied') ?? 0,
    ];
    if (!facilityId || !name || !kind || !at || bedsTotal === undefined || bedsOccupied === undefined) return [];
    return [
      draft(capacityReported, at, {
        facilityId,
        name,
        kind,
        bedsTotal,
        bedsOccupied,
        intensiveCareTotal,
        intensiveCareOccupied,
        ...given(optional),
      }),
    ];
  },
};

import type { EventData } from '#contracts/catalogue.ts';
import { businessRegistered } from '#contracts/events/economy/business-registered.ts';
import { businessStatusChanged } from '#contracts/events/economy/business-status-changed.ts';
import { businesses as feed } from '#contracts/events/economy/feeds.ts';
import { areaField, placeFields, publishedField } from '#contracts/import-fields.ts';
import { draft, given, type ImportKind, ownWords } from '#contracts/import-kind.ts';

const statuses = {
  ...ownWords(feed.points.statuses, feed.values),
  open: 'open',
  active: 'open',
  issued: 'open',
  aai: 'open',
  'hoat dong': 'open',
  'dang hoat dong': 'open',
  restricted: 'restricted',
  'hoat dong han che': 'restricted',
  suspended: 'suspended',
  'tam ngung': 'suspended',
  'tam ngung hoat dong': 'suspended',
  'tam ngung kinh doanh': 'suspended',
  'tam dong cua': 'suspended',
  'tam nghi': 'suspended',
  closed: 'closed',
  inactive: 'closed',
  'giai the': 'closed',
  'da giai the': 'closed',
  'dong cua': 'closed',
  'da dong cua': 'closed',
  'ngung hoat dong': 'closed',
  'ngung kinh doanh': 'closed',
  'cham dut hoat dong': 'closed',
} as const;

const forms = {
  ...ownWords(feed.points.categories, feed.values),
  enterprise: 'enterprise',
  'doanh nghiep': 'enterprise',
  'cong ty': 'enterprise',
  household: 'household',
  'ho kinh doanh': 'household',
  unknown: 'unknown',
} as const;

/** A register: the first row of a number makes the business known; further rows (renewed terms, other states) are its later states. */
export const businesses: ImportKind = {
  name: 'businesses',
  words: { vi: 'Cơ sở kinh doanh', en: 'Businesses' },
  fields: [
    {
      name: 'businessId',
      type: 'identifier',
      required: true,
      columns: [
        'business id',
        'license number',
        'licence number',
        'ma so thue',
        'mst',
        'ma so doanh nghiep',
        'ma doanh nghiep',
        'ma dn',
        'msdn',
        'ma so dkkd',
        'so dkkd',
        'ma so ho kinh doanh',
        'ma ho kinh doanh',
        'ma so hkd',
        'so dang ky kinh doanh',
        'so gcn dkkd',
        'so giay chung nhan',
        'tax code',
        'tax id',
        'ma co so',
        'so giay phep',
        'gpkd',
        'so gpkd',
        'id',
      ],
      vague: ['ma', 'ma so', 'so', 'so hieu', 'code'],
    },
    {
      name: 'name',
      type: 'text',
      required: true,
      columns: [
        'name',
        'dba name',
        'doing business as name',
        'ten doanh nghiep',
        'ten ho kinh doanh',
        'ten hkd',
        'ten cong ty',
        'ten dn',
        'ten co so',
        'ten co so kinh doanh',
        'ten don vi',
        'ten thuong mai',
        'ten cua hang',
        'bien hieu',
        'company name',
        'trade name',
        'ten',
        'business name',
      ],
    },
    {
      name: 'form',
      type: 'word',
      columns: ['form', 'loai hinh', 'loai hinh kinh doanh', 'loai hinh doanh nghiep', 'loai hinh dn', 'hinh thuc'],
      dispensable: true,
    },
    {
      name: 'sector',
      type: 'text',
      columns: [
        'sector',
        'license description',
        'licence description',
        'nganh nghe',
        'nganh nghe kinh doanh',
        'nganh nghe kd',
        'nganh nghe chinh',
        'nganh nghe kinh doanh chinh',
        'nganh kinh doanh',
        'nganh',
        'linh vuc',
        'linh vuc kinh doanh',
      ],
      dispensable: true,
    },
    areaField,
    ...placeFields,
    {
      name: 'address',
      type: 'text',
      columns: [
        'address',
        'dia chi',
        'dia chi kinh doanh',
        'dia chi tru so',
        'dia chi tru so chinh',
        'dia chi co so',
        'dia diem kinh doanh',
      ],
      dispensable: true,
    },
    {
      name: 'registeredDate',
      type: 'day',
      columns: [
        'registered date',
        'first start',
        'ngay dang ky',
        'ngay dang ky kinh doanh',
        'ngay dkkd',
        'ngay thanh lap',
        'ngay cap',
        'ngay cap phep',
        'ngay cap gpkd',
        'ngay cap giay phep',
        'ngay cap gcn',
        'ngay cap dang ky',
        'ngay bat dau hoat dong',
        'ngay hoat dong',
        'start date',
      ],
    },
    {
      name: 'effectiveDate',
      type: 'day',
      columns: ['effective date', 'term start', 'license start date', 'ngay hieu luc', 'ngay thay doi', 'date'],
    },
    {
      name: 'licensedUntil',
      type: 'day',
      columns: [
        'licensed until',
        'term end',
        'expiration date',
        'license term expiration date',
        'ngay het han',
        'ngay het hieu luc',
        'het han',
        'het han giay phep',
        'han giay phep',
        'giay phep den',
        'co gia tri den',
      ],
    },
    {
      name: 'status',
      type: 'word',
      columns: [
        'status',
        'license status',
        'trang thai',
        'tinh trang',
        'tinh trang hoat dong',
        'trang thai hoat dong',
        'tinh trang kinh doanh',
      ],
    },
    {
      name: 'employees',
      type: 'whole',
      columns: [
        'employees',
        'so lao dong',
        'so ld',
        'tong so lao dong',
        'so luong lao dong',
        'lao dong',
        'lao dong hien co',
        'so nhan vien',
        'so nguoi lao dong',
      ],
      dispensable: true,
    },
    { name: 'reason', type: 'text', columns: ['reason', 'application type', 'ly do'], dispensable: true },
    publishedField,
  ],
  oneOf: [['registeredDate', 'effectiveDate']],
  identity: (row) => row.identifier('businessId'),
  repeated: 'update',
  about: ({ data }) => {
    const { businessId, effectiveDate } = data as Partial<EventData<'business-status-changed'>>;
    return [businessId, effectiveDate];
  },
  drafts: (row, { id, repeated }) => {
    const [registered, effective] = [row.day('registeredDate'), row.day('effectiveDate')];
    const registeredDate = registered ?? effective;
    const [name, status] = [row.text('name'), row.word('status', statuses)];
    const location = row.position();
    const term = given({ licensedUntil: row.day('licensedUntil') });
    const known = row.instant('publishedAt');
    const optional = given({
      sector: row.text('sector', 120),
      areaId: row.area('areaId'),
      location,
      address: row.text('address', 300),
      employees: row.whole('employees'),
    });
    if (registeredDate === undefined) row.problem('registeredDate', { vi: 'thiếu', en: 'missing' });
    if (id === undefined || name === undefined || registeredDate === undefined) return [];
    const from = effective ?? registeredDate;
    if (repeated) {
      const reason = given({ reason: row.text('reason', 4000) });
      return [
        draft(
          businessStatusChanged,
          row.noonOf(from),
          { businessId: id, status: status ?? 'open', effectiveDate: from, ...term, ...reason },
          known,
        ),
      ];
    }
    const business = {
      businessId: id,
      name,
      form: row.word('form', forms) ?? ('unknown' as const),
      registeredDate,
      ...given({ status }),
      ...term,
      ...optional,
    };
    // Recorded history: a register that begins later than the business learns of it with the first term it holds.
    return [draft(businessRegistered, row.noonOf(registeredDate), business, known ?? row.noonOf(from))];
  },
};

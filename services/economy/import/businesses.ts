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
        'so giay phep',
        'gpkd',
        'id',
      ],
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
        'ten',
        'business name',
      ],
    },
    { name: 'form', type: 'word', columns: ['form', 'loai hinh'], dispensable: true },
    {
      name: 'sector',
      type: 'text',
      columns: ['sector', 'license description', 'licence description', 'nganh nghe', 'nganh', 'linh vuc'],
      dispensable: true,
    },
    areaField,
    ...placeFields,
    { name: 'address', type: 'text', columns: ['address', 'dia chi'], dispensable: true },
    {
      name: 'registeredDate',
      type: 'day',
      columns: ['registered date', 'first start', 'ngay dang ky', 'ngay thanh lap', 'ngay cap', 'start date'],
    },
    {
      name: 'effectiveDate',
      type: 'day',
      columns: ['effective date', 'term start', 'license start date', 'ngay hieu luc', 'ngay thay doi', 'date'],
    },
    {
      name: 'licensedUntil',
      type: 'day',
      columns: ['licensed until', 'term end', 'expiration date', 'license term expiration date', 'ngay het han'],
    },
    { name: 'status', type: 'word', columns: ['status', 'license status', 'trang thai', 'tinh trang'] },
    {
      name: 'employees',
      type: 'whole',
      columns: ['employees', 'so lao dong', 'lao dong', 'so nhan vien', 'so nguoi lao dong'],
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
    if (registeredDate === undefined) row.problem('registeredDate', 'missing', undefined, 'thiếu');
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

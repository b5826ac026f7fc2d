import sql, { raw, type Sql } from 'sql-template-tag';
import { type Formula, formulaOf as formulaIn, idsOf } from '../../lifecycle/read-figures.ts';
import { activeStatuses } from '../business/state.ts';

const isActive: Sql = raw(`s.status IN (${activeStatuses.map((status) => `'${status}'`).join(', ')})`);

/** What is counted of businesses: conditions on a span `s` that holds on the moment's day. */
export const formulas: Formula[] = [
  {
    id: 'businesses',
    version: 1,
    unit: 'businesses',
    explanation: {
      vi: 'Mọi doanh nghiệp, hộ kinh doanh đã đăng ký tính đến ngày xem, ở mọi trạng thái.',
      en: 'Every business registered by the day, in any status.',
    },
    condition: () => sql`true`,
  },
  {
    id: 'businesses-active',
    version: 1,
    unit: 'businesses',
    explanation: {
      vi: 'Đang mở cửa, kể cả mở có hạn chế, trong ngày xem. Giấy phép hết hạn chưa phải là bằng chứng đóng cửa, nên vẫn được tính.',
      en: 'Open or open with limits on the day. A licence term that has ended is not proof of closing, so the business still counts.',
    },
    condition: () => isActive,
  },
  {
    id: 'businesses-active-licensed',
    version: 1,
    unit: 'businesses',
    explanation: {
      vi: 'Đang hoạt động và giấy phép còn hạn (hoặc không có hạn) trong ngày xem.',
      en: 'Active on the day, and the licence term has not ended by then (or there is none).',
    },
    condition: ({ day }) => sql`${isActive} AND (s.licensed_until IS NULL OR s.licensed_until >= ${day}::date)`,
  },
  {
    id: 'businesses-active-lapsed',
    version: 1,
    unit: 'businesses',
    explanation: {
      vi: 'Đang hoạt động theo hồ sơ nhưng giấy phép đã hết hạn trước ngày xem: cần kiểm tra.',
      en: 'Active by the register, but the licence term ended before the day: worth a look.',
    },
    condition: ({ day }) => sql`${isActive} AND s.licensed_until < ${day}::date`,
  },
  {
    id: 'businesses-suspended',
    version: 1,
    unit: 'businesses',
    explanation: { vi: 'Đang tạm ngừng trong ngày xem.', en: 'Suspended on the day.' },
    condition: () => sql`s.status = 'suspended'`,
  },
  {
    id: 'businesses-closed',
    version: 1,
    unit: 'businesses',
    explanation: { vi: 'Đã đóng cửa trong ngày xem.', en: 'Closed on the day.' },
    condition: () => sql`s.status = 'closed'`,
  },
];

export const formulaIds = idsOf(formulas);
export const formulaOf = (id: string) => formulaIn(formulas, id);

import { economyAccess } from '#contracts/access/economy.ts';
import { businessRegistered } from '#contracts/events/economy/business-registered.ts';
import { businessStatusChanged } from '#contracts/events/economy/business-status-changed.ts';
import { businesses, indicators } from '#contracts/events/economy/feeds.ts';
import { indicatorPublished } from '#contracts/events/economy/indicator-published.ts';
import { revenuePublished } from '#contracts/events/economy/revenue-published.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';
import { businesses as register } from './import/businesses.ts';

/** Businesses, revenue and indicators. */
export const economy = defineSubsystem({
  name: 'economy',
  words: { vi: 'Kinh tế', en: 'Economy' },
  access: economyAccess,
  events: [businessRegistered, businessStatusChanged, indicatorPublished, revenuePublished],
  feeds: [businesses, indicators],
  figures: [
    { id: 'businesses-active', words: { vi: 'Cơ sở đang hoạt động', en: 'Active businesses' }, main: true },
    { id: 'businesses', words: { vi: 'Cơ sở đã đăng ký', en: 'Businesses registered' } },
    {
      id: 'businesses-active-licensed',
      words: { vi: 'Đang hoạt động, giấy phép còn hạn', en: 'Active, licence in force' },
    },
    { id: 'businesses-active-lapsed', words: { vi: 'Đang hoạt động, giấy phép hết hạn', en: 'Active, licence ended' } },
    { id: 'businesses-suspended', words: { vi: 'Cơ sở tạm ngưng', en: 'Businesses suspended' } },
    { id: 'businesses-closed', words: { vi: 'Cơ sở đã đóng', en: 'Businesses closed' } },
    { id: 'businesses-restricted', words: { vi: 'Cơ sở mở có giới hạn', en: 'Businesses open with limits' } },
  ],
  fields: {
    businessId: { vi: 'Mã cơ sở', en: 'Business' },
    employees: { vi: 'Lao động', en: 'Employees' },
    lapsed: { vi: 'Giấy phép đã hết hạn', en: 'Licence ended' },
    form: { vi: 'Hình thức', en: 'Form' },
    sector: { vi: 'Ngành', en: 'Sector' },
    registeredDate: { vi: 'Ngày đăng ký', en: 'Registered' },
    effectiveDate: { vi: 'Hiệu lực từ', en: 'In effect from' },
    licensedUntil: { vi: 'Giấy phép đến', en: 'Licensed until' },
  },
  units: {
    businesses: { vi: 'cơ sở', en: 'businesses' },
  },
  forms: [
    {
      kind: 'business',
      words: { vi: 'Trạng thái cơ sở', en: 'Business status' },
      path: '/api/economy/businesses/{businessId}/status',
      idField: 'businessId',
      of: 'business',
      alsoByNumber: true,
      feed: 'businesses',
      fields: [
        { name: 'businessId', type: 'text', required: true, words: { vi: 'Mã cơ sở', en: 'Business number' } },
        {
          name: 'status',
          type: 'choice',
          required: true,
          options: businesses.points.statuses,
          words: { vi: 'Trạng thái', en: 'Status' },
        },
        {
          name: 'effectiveDate',
          type: 'date',
          begins: 'today',
          required: true,
          words: { vi: 'Hiệu lực từ ngày', en: 'In effect from' },
        },
        { name: 'reason', type: 'longText', words: { vi: 'Lý do', en: 'Reason' } },
      ],
    },
  ],
  imports: [register],
});

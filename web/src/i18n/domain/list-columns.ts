import { fields } from 'virtual:forms';
import { dictionary } from '../../faces.ts';
import { both } from '../both.ts';

const shared = both<Record<string, string>>(
  {
    areaId: 'Khu vực',
    areaName: 'Khu vực',
    day: 'Ngày',
    status: 'Trạng thái',
    kind: 'Loại',
    removed: 'Thông tin cá nhân',
    name: 'Tên',
    reportedAt: 'Báo lúc',
    knownAt: 'Ghi nhận lúc',
    address: 'Địa chỉ',
    description: 'Mô tả',
    statusSince: 'Từ lúc',
    periodStart: 'Từ ngày',
    periodEnd: 'Đến ngày',
    source: 'Nguồn',
  },
  {
    areaId: 'Area',
    areaName: 'Area',
    day: 'Day',
    status: 'Status',
    kind: 'Kind',
    removed: 'Person',
    name: 'Name',
    reportedAt: 'Reported',
    knownAt: 'Recorded',
    address: 'Address',
    description: 'Description',
    statusSince: 'Since',
    periodStart: 'From',
    periodEnd: 'To',
    source: 'Source',
  },
);
const declared = dictionary(fields);

/** Headings of the columns of a list: what every service may answer, and what one declares. A service does not rename what all have. */
export const columnNames = {
  vi: { ...declared.vi, ...shared.vi },
  en: { ...declared.en, ...shared.en },
};

import { both } from '../both.ts';

/** Names of the forms of data entry and of their fields. */
export const entryKinds = both(
  { case: 'Báo ca bệnh', violation: 'Báo vi phạm', business: 'Trạng thái cơ sở' },
  { case: 'Report a case', violation: 'Report a violation', business: 'Business status' },
);

export const entryFields = both<Record<string, string>>(
  {
    confirmedDate: 'Ngày xác định',
    onsetDate: 'Ngày khởi phát',
    ageYears: 'Tuổi',
    sex: 'Giới',
    exposure: 'Nguồn phát hiện',
    status: 'Trạng thái',
    kind: 'Loại vi phạm',
    address: 'Địa chỉ',
    description: 'Mô tả',
    businessId: 'Mã cơ sở',
    effectiveDate: 'Hiệu lực từ ngày',
    reason: 'Lý do',
    areaId: 'Phường',
    location: 'Vị trí',
  },
  {
    confirmedDate: 'Day confirmed',
    onsetDate: 'Day of onset',
    ageYears: 'Age',
    sex: 'Sex',
    exposure: 'Found in',
    status: 'Status',
    kind: 'Kind of violation',
    address: 'Address',
    description: 'Description',
    businessId: 'Business number',
    effectiveDate: 'In effect from',
    reason: 'Reason',
    areaId: 'Ward',
    location: 'Place',
  },
);

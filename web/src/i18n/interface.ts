import { both } from './both.ts';

/** What more than one screen or panel says. */
export const interfaceWords = both(
  {
    product: 'Vùng Xanh',
    productLong: 'Trung tâm điều hành thời gian thực',
    district: 'Quận / địa bàn',
    screens: {
      map: 'Bản đồ',
      wall: 'Màn hình lớn',
      entry: 'Nhập liệu',
      import: 'Nạp tệp',
      models: 'Mô hình',
      scenarios: 'Kịch bản',
    },
    loading: 'Đang tải…',
    retry: 'Thử lại',
    close: 'Đóng',
    cancel: 'Hủy',
    more: 'Xem thêm',
    noData: 'chưa có số liệu',
    levels: { district: 'Quận', ward: 'Phường', neighbourhood: 'Tổ dân phố' },
    errors: {
      network: 'Không nối được tới máy chủ',
      missingPage: 'Chưa có dịch vụ này',
    },
    recordedIn: 'Tin được ghi vào địa bàn',
    data: {
      through: (day: string) => `Số liệu đến hết ${day}`,
      old: (days: string) => `cũ ${days} ngày`,
      model: 'Mô hình',
    },
  },
  {
    product: 'Vùng Xanh',
    productLong: 'Real-time operations centre',
    district: 'District',
    screens: {
      map: 'Map',
      wall: 'Wall display',
      entry: 'Data entry',
      import: 'Import',
      models: 'Models',
      scenarios: 'Scenarios',
    },
    loading: 'Loading…',
    retry: 'Try again',
    close: 'Close',
    cancel: 'Cancel',
    more: 'Show more',
    noData: 'no data yet',
    levels: { district: 'District', ward: 'Ward', neighbourhood: 'Neighbourhood group' },
    errors: {
      network: 'The server cannot be reached',
      missingPage: 'This service is not there yet',
    },
    recordedIn: 'Will be recorded in',
    data: {
      through: (day) => `Data to the end of ${day}`,
      old: (days) => `${days} days old`,
      model: 'Model',
    },
  },
);

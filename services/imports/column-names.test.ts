import '../services.ts';
import { describe, expect, test } from 'vitest';
import { rowKind } from './kinds.ts';
import { MappingError, mapColumns } from './mapping.ts';

/** Which column each field is read from. */
const found = (kind: string, columns: string[]) =>
  Object.fromEntries(
    [...mapColumns(rowKind(kind), columns)].flatMap(([field, from]) =>
      'column' in from ? [[field, columns[from.column]!]] : [],
    ),
  );

describe('columns as forms and registers in Việt Nam call them', () => {
  test.each<[kind: string, columns: Record<string, string>]>([
    ['cases', { caseId: 'Mã', areaId: 'Phường/Xã', ageYears: 'Tuổi', confirmedDate: 'Ngày có KQ' }],
    ['cases', { caseId: 'Mã số', areaId: 'Phường (xã) nơi ở', confirmedDate: 'Ngày XN dương tính' }],
    [
      'cases',
      {
        caseId: 'MÃ BỆNH NHÂN',
        areaId: 'PHƯỜNG',
        sex: 'GIỚI TÍNH (NAM/NỮ)',
        onsetDate: 'NGÀY KHỞI PHÁT TRIỆU CHỨNG',
        specimenDate: 'Ngày lấy mẫu XN',
        confirmedDate: 'NGÀY CHẨN ĐOÁN',
        outcome: 'KQ điều trị',
      },
    ],
    ['cases', { caseId: '_id', areaId: 'thong_tin/phuong', confirmedDate: 'thong_tin/ngay_xac_dinh' }],
    [
      'cases',
      { caseId: 'Tracked entity instance', areaId: 'Organisation unit name', confirmedDate: 'Date of diagnosis' },
    ],
    ['case-counts', { areaId: 'Phường', periodEnd: 'Ngày', cases: 'Số ca mới' }],
    ['case-counts', { areaId: 'Phuong', periodEnd: 'Ngay', cases: 'Ca mac moi' }],
    ['case-counts', { areaId: 'Địa phương', periodEnd: 'Tính đến ngày', cases: 'Số F0 mới' }],
    ['case-counts', { areaId: 'Đơn vị hành chính', periodEnd: 'Ngày', cases: 'Số ca mắc mới trong ngày' }],
    ['case-counts', { areaId: 'organisationunitname', periodEnd: 'end date', cases: 'Value' }],
    [
      'capacity',
      {
        facilityId: 'Mã CSKCB',
        name: 'Tên cơ sở KCB',
        kind: 'Loại',
        reportedAt: 'Thời điểm báo cáo',
        bedsTotal: 'Tổng số giường',
        bedsOccupied: 'Giường đang dùng',
        intensiveCareTotal: 'Giường HSTC',
        intensiveCareOccupied: 'Giường HSTC đang dùng',
        staff: 'Nhân viên y tế',
      },
    ],
    [
      'capacity',
      {
        facilityId: 'Mã',
        name: 'Đơn vị',
        kind: 'Loại',
        reportedAt: 'Ngày',
        bedsTotal: 'Giường thực kê',
        bedsOccupied: 'BN nội trú',
      },
    ],
    [
      'vaccination',
      { areaId: 'Phường', date: 'Tính đến ngày', oneDose: 'Số người tiêm mũi 1', fullCourse: 'Tiêm đủ mũi' },
    ],
    ['population', { areaId: 'Mã phường', people: 'Số nhân khẩu', validFrom: 'Tại ngày' }],
    ['population', { areaId: 'Xã', people: 'Tổng số', validFrom: 'Năm' }],
    [
      'businesses',
      {
        businessId: 'Mã số HKD',
        name: 'Tên cơ sở kinh doanh',
        sector: 'Ngành nghề chính',
        address: 'Địa chỉ trụ sở chính',
        registeredDate: 'Ngày cấp GPKD',
        status: 'Tình trạng hoạt động',
        employees: 'Tổng số lao động',
      },
    ],
    ['businesses', { businessId: 'Mã', name: 'Tên', registeredDate: 'Ngày ĐKKD' }],
    [
      'violations',
      { violationId: 'Mã', kind: 'Hành vi vi phạm', occurredAt: 'Ngày lập biên bản', status: 'Tình trạng xử lý' },
    ],
    ['violations', { violationId: 'Số biên bản', kind: 'Nội dung vi phạm', occurredAt: 'Ngày', address: 'Địa điểm' }],
    [
      'incidents',
      { incidentId: 'Mã', kind: 'Loại tin', severity: 'Mức', occurredAt: 'Thời điểm', address: 'Địa điểm' },
    ],
    ['incidents', { incidentId: 'Mã số', kind: 'Loại', severity: 'Mức độ (1-4)', occurredAt: 'Ngày giờ' }],
  ])('%s: %o', (kind, columns) => {
    expect(found(kind, Object.values(columns))).toEqual(columns);
    // In another order, and with a column that nobody asked for.
    expect(found(kind, ['STT', ...Object.values(columns).reverse()])).toEqual(columns);
  });
});

describe('two columns that may be one field', () => {
  test.each<[kind: string, columns: string[], field: string, told: Record<string, string>]>([
    ['case-counts', ['Phường', 'Ngày', 'Số ca', 'Số ca mới'], 'cases', { cases: 'Số ca mới' }],
    ['case-counts', ['Phường', 'Ngày', 'Ca mắc mới', 'F0'], 'cases', { cases: 'F0' }],
    ['cases', ['Mã', 'Mã số', 'Phường', 'Ngày xác định'], 'caseId', { caseId: 'Mã' }],
    [
      'capacity',
      ['Mã', 'Tên', 'Loại', 'Ngày', 'Giường kế hoạch', 'Giường thực kê', 'Giường đang dùng'],
      'bedsTotal',
      { bedsTotal: 'Giường thực kê' },
    ],
    ['population', ['Phường', 'Từ ngày', 'Dân số', 'Nhân khẩu'], 'people', { people: 'Dân số' }],
  ])('are asked for: %s %j', (kind, columns, field, told) => {
    expect(() => found(kind, columns)).toThrow(MappingError);
    expect(() => found(kind, columns)).toThrow(`--map ${field}=…`);
    const [[name, column]] = Object.entries(told) as [[string, string]];
    const mapping = mapColumns(rowKind(kind), columns, { map: told });
    expect(mapping.get(name)).toEqual({ column: columns.indexOf(column) });
  });

  test('a telling name is taken before a vague one', () => {
    expect(found('cases', ['Mã', 'Mã ca', 'Ngày xác định'])).toMatchObject({ caseId: 'Mã ca' });
    expect(found('case-counts', ['Value', 'Phường', 'Ngày', 'Số ca'])).toMatchObject({ cases: 'Số ca' });
  });
});

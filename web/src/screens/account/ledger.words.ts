import { both } from '../../i18n/both.ts';

/** Who looked at whom, as an administrator reads it. */
export const ledgerWords = both(
  {
    unusual: 'Lượt xem khác thường trong 7 ngày',
    unusualNote: 'Là lý do để hỏi, chưa phải bằng chứng.',
    nothingUnusual: 'Không có',
    who: 'Ai đã xem một ca bệnh',
    caseId: 'Mã ca bệnh (trong địa bàn đang chọn)',
    ask: 'Tra cứu',
    saw: 'xem dữ liệu của ca',
    changed: 'thêm hoặc sửa ca',
    wide: (what: string) => `xem ${what} của địa bàn, có thể có ca này`,
    map: 'bản đồ ca bệnh',
    stream: 'dòng tin trực tiếp',
    refused: 'bị từ chối',
    noPurpose: 'không có mục đích',
    nobody: 'Chưa có ai',
    failed: 'Chưa đọc được nhật ký truy cập',
  },
  {
    unusual: 'Unusual reading in 7 days',
    unusualNote: 'Reasons to ask, not proofs.',
    nothingUnusual: 'None',
    who: 'Who looked at a case',
    caseId: 'Id of the case (in the chosen district)',
    ask: 'Look up',
    saw: 'read the case',
    changed: 'added or changed the case',
    wide: (what) => `looked at ${what} of the district, which may have shown it`,
    map: 'the map of cases',
    stream: 'the live stream',
    refused: 'refused',
    noPurpose: 'no purpose',
    nobody: 'Nobody yet',
    failed: 'The ledger cannot be read now',
  },
);

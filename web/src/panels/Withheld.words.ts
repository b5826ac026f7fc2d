import { both } from '../i18n/both.ts';

/** Why there is no number. */
export const withheldWords = both(
  {
    title: 'Không đưa ra số',
    reasons: {
      'no-cases-heard': 'Địa bàn này chưa gửi ca bệnh nào.',
      'no-population': 'Chưa có dân số của khu vực nên không tính được tỷ lệ.',
      'too-little': 'Chuỗi số liệu còn quá ngắn để tính.',
      'no-recent-cases': 'Không có tuần nào gần đây có ca bệnh đủ tin cậy.',
      stale: 'Số liệu đã quá cũ.',
      'not-scored-yet': 'Lúc đó khu vực này chưa được chấm điểm.',
      'not-issued-yet': 'Lúc đó chưa có dự báo nào cho khu vực này.',
      'still-reading': 'Số liệu vừa nạp còn đang được đọc, thử lại sau ít giây.',
      'bulk-load':
        'Danh sách ca cũ vừa được nạp một lần: chưa biết báo cáo đến chậm bao lâu, cần 14 ngày báo cáo theo dõi trực tiếp.',
      'no-line-list': 'Không có danh sách ca bệnh của khu vực này.',
      'too-few-cases': 'Quá ít ca để tìm ổ dịch.',
      gap: 'Chuỗi số liệu bị đứt quãng.',
      'definition-break': 'Định nghĩa ca bệnh vừa thay đổi, số trước và sau không so được.',
      'negative-correction': 'Có lần đính chính làm số ca thành âm, cần kiểm tra nguồn.',
      'no-numbers-heard': 'Địa bàn này chưa gửi số liệu nào của chỉ tiêu này.',
      'district-only': 'Chỉ tiêu này chỉ dự báo cho cả quận: người bệnh có thể nằm viện ở phường khác.',
      'level-not-forecast': 'Dự báo chỉ làm cho quận và phường, không làm cho tổ dân phố.',
      'weekly-only': 'Chỉ tiêu này chỉ dự báo theo tuần.',
      'not-told': 'Mô hình vừa ngừng đánh giá khu vực này.',
    } as Record<string, string>,
    other: (reason: string) => `Dịch vụ nêu lý do: ${reason}`,
    technical: 'Chi tiết kỹ thuật',
  },
  {
    title: 'No number is given',
    reasons: {
      'no-cases-heard': 'This district has not sent any case.',
      'no-population': 'The population of the area is not known, so there is no rate.',
      'too-little': 'The series is still too short.',
      'no-recent-cases': 'No recent week has cases that can be relied on.',
      stale: 'The data are too old.',
      'not-scored-yet': 'This area had not been scored at that moment.',
      'not-issued-yet': 'No forecast of this area had been issued at that moment.',
      'still-reading': 'What was just loaded is still being read; try again in a few seconds.',
      'bulk-load':
        'A list of older cases was loaded in one go: how late reports come is not known yet; 14 days of live reports are needed.',
      'no-line-list': 'There is no line list of this area.',
      'too-few-cases': 'Too few cases to look for clusters.',
      gap: 'The series has a gap.',
      'definition-break': 'The definition of a case has just changed; numbers before and after do not compare.',
      'negative-correction': 'A correction made a count negative; the source has to be checked.',
      'no-numbers-heard': 'This district has not sent any number of this target.',
      'district-only': 'This is forecast for the whole district only: patients may lie in a hospital of another ward.',
      'level-not-forecast': 'Forecasts are made for the district and its wards, not for neighbourhoods.',
      'weekly-only': 'This is forecast by weeks only.',
      'not-told': 'The model has just stopped assessing this area.',
    },
    other: (reason) => `The service says: ${reason}`,
    technical: 'Technical details',
  },
);

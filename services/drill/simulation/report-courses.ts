import type { Topic } from '../../citizens/report/topics.ts';

/** What a topic's reports are like. */
export interface ReportCourse {
  topic: Topic;
  /** Share of the reports of an ordinary day, in hundredths. */
  weight: number;
  /** The same while the district is locked down: streets are empty, people ask for help. */
  lockedDown: number;
  /** Median hours from receipt to the answer. */
  hours: number;
  /** What people write. Nobody is named. */
  said: readonly string[];
  /** What a unit answers when it has done it. */
  done: readonly string[];
}

/** Shares are invented for training. */
export const reportCourses: readonly ReportCourse[] = [
  {
    topic: 'road-damage',
    weight: 13,
    lockedDown: 6,
    hours: 30,
    said: ['Ổ gà giữa đường, xe máy dễ ngã', 'Vỉa hè bong gạch', 'Nắp cống vỡ, rất nguy hiểm'],
    done: ['Đã vá mặt đường.', 'Đã thay nắp cống và rào chắn tạm trong lúc thi công.'],
  },
  {
    topic: 'street-light',
    weight: 10,
    lockedDown: 8,
    hours: 14,
    said: ['Đèn đường tắt cả dãy', 'Đèn hẻm không sáng mấy đêm nay', 'Đèn chớp tắt liên tục'],
    done: ['Đã thay bóng đèn.', 'Đã sửa tủ điện, đèn sáng lại.'],
  },
  {
    topic: 'drainage',
    weight: 12,
    lockedDown: 9,
    hours: 20,
    said: ['Mưa là ngập, nước không rút', 'Miệng cống bị rác bít kín', 'Nước cống tràn vào hẻm'],
    done: ['Đã nạo vét miệng cống.', 'Đã thông cống, nước rút trong ngày.'],
  },
  {
    topic: 'waste',
    weight: 18,
    lockedDown: 17,
    hours: 12,
    said: ['Rác để ba ngày chưa thu gom', 'Đổ xà bần trộm ở bãi đất trống', 'Thùng rác đầy, bốc mùi'],
    done: ['Đã thu gom và nhắc đơn vị vệ sinh.', 'Đã dọn sạch, đặt biển cấm đổ rác.'],
  },
  {
    topic: 'noise',
    weight: 14,
    lockedDown: 9,
    hours: 9,
    said: ['Hát karaoke loa kéo đến khuya', 'Công trình khoan đục ban đêm', 'Quán mở nhạc lớn'],
    done: ['Đã đến nhắc nhở, chủ nhà cam kết không tái diễn.', 'Đã lập biên bản nhắc nhở.'],
  },
  {
    topic: 'building',
    weight: 6,
    lockedDown: 2,
    hours: 34,
    said: ['Nhà xây lấn khoảng lùi', 'Xây thêm tầng không thấy bảng phép', 'Dựng mái che hết hẻm'],
    done: ['Đã kiểm tra, lập hồ sơ vi phạm.', 'Đã yêu cầu tháo dỡ phần sai phép.'],
  },
  {
    topic: 'canal-filling',
    weight: 2,
    lockedDown: 1,
    hours: 36,
    said: ['Có người đổ đất lấp mép rạch', 'Xe ben đổ xà bần xuống kênh'],
    done: ['Đã đình chỉ, yêu cầu khôi phục hiện trạng.'],
  },
  {
    topic: 'street-occupation',
    weight: 11,
    lockedDown: 3,
    hours: 16,
    said: ['Bàn ghế chiếm hết vỉa hè', 'Xe đậu kín lòng đường', 'Chợ tự phát lấn đường'],
    done: ['Đã nhắc nhở, trả lại lối đi.', 'Đã giải tỏa điểm buôn bán.'],
  },
  {
    topic: 'tree',
    weight: 6,
    lockedDown: 5,
    hours: 22,
    said: ['Cành khô sắp gãy trên đường', 'Cây nghiêng sau mưa lớn', 'Rễ cây đội vỉa hè'],
    done: ['Đã cắt tỉa cành khô.', 'Đã chống và mé nhánh cây nghiêng.'],
  },
  {
    topic: 'health',
    weight: 4,
    lockedDown: 28,
    hours: 10,
    said: [
      'Cần hướng dẫn cách ly tại nhà',
      'Khu trọ có nhiều người sốt',
      'Hỏi lịch tiêm vắc-xin',
      'Cần gói thuốc điều trị tại nhà',
    ],
    done: ['Trạm y tế đã liên hệ và hướng dẫn.', 'Đã cấp túi thuốc, ghi vào danh sách theo dõi.'],
  },
  {
    topic: 'security',
    weight: 3,
    lockedDown: 6,
    hours: 6,
    said: ['Tụ tập đông người', 'Nhóm thanh niên gây gổ ban đêm', 'Có người không đeo khẩu trang tụ tập'],
    done: ['Đã đến giải tán, nhắc nhở.', 'Đã tăng tuần tra khu vực.'],
  },
  {
    topic: 'other',
    weight: 1,
    lockedDown: 6,
    hours: 18,
    said: ['Xóm trọ cần hỗ trợ lương thực', 'Hỏi thủ tục nhận hỗ trợ', 'Góp ý về điểm phát quà'],
    done: ['Phường đã chuyển hỗ trợ.', 'Đã hướng dẫn thủ tục.'],
  },
];

/** What a unit answers where nothing was done. */
export const otherAnswers = {
  'not-our-duty': 'Không thuộc thẩm quyền của đơn vị, đã hướng dẫn nơi tiếp nhận.',
  'no-breach': 'Đã kiểm tra, không phát hiện vi phạm.',
  unable: 'Chưa thể xử lý ngay, đã đưa vào kế hoạch.',
} as const;

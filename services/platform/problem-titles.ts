/** What a problem is called in Vietnamese, by its English title. Problems with a name of their own bring the words along (`vietnamese`). */
export const vietnameseTitles: Readonly<Record<string, string>> = {
  'The request does not fit': 'Yêu cầu chưa đúng',
  'Not available now': 'Hiện chưa dùng được, xin thử lại',
  'No such district': 'Không có địa bàn này',
  'No such area': 'Không có khu vực này',
  'No such area then': 'Khi đó không có khu vực này',
  'No such address': 'Không có địa chỉ này',
  'The step is not lawful now': 'Lúc này không thể làm bước đó',
  'Somebody changed it in the meantime': 'Trong lúc đó đã có người sửa',
  'The journal did not acknowledge': 'Sổ ghi chưa xác nhận, xin gửi lại',
  'No such district, or the journal is not running': 'Không có địa bàn này, hoặc sổ ghi chưa chạy',
  'Something broke here': 'Hệ thống gặp lỗi',
  'The body is too large': 'Nội dung gửi quá lớn',
  'The body is not JSON': 'Nội dung gửi không phải JSON',
};

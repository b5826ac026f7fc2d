/**
 * Details and reasons that several services write in English, by pattern: what a reader of Vietnamese is told. What has words of its own (`words`, `vietnamese`) does not
 * come here. `$1` is what the pattern caught.
 */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/^one of (.+)$/s, 'một trong: $1'],
  [/^of (.+)$/s, 'trong số: $1'],
  [/^at most (\d+) areas$/, 'nhiều nhất $1 khu vực'],
  [/^at most (\d+) points; narrow the dates or the area$/, 'nhiều nhất $1 điểm; hãy thu hẹp ngày hoặc khu vực'],
  [/^at most (\d+) events$/, 'nhiều nhất $1 sự kiện'],
  [/^at most now, (.+)$/, 'không sau lúc này, $1'],
  [/^at most (\S+)$/, 'nhiều nhất $1'],
  [/^not before (.+)$/, 'không trước $1'],
  [/^not after (.+)$/, 'không sau $1'],
  [/^after now$/, 'sau lúc này'],
  [/^must be new$/, 'phải là mới, cái này đã có'],
  [/^must be said$/, 'phải ghi'],
  [/^true or false$/, 'true hoặc false'],
  [/^see (\/\S+)$/, 'xem $1'],
  [/^is not in (.+)$/, 'không có trong $1'],
  [/^known at (.+) for (.+)$/, 'đã biết lúc $1 cho ngày $2'],
  [/^known in (.+) at (.+)$/, 'đã biết ở $1 lúc $2'],
  [/^an area of the district on that day$/, 'một khu vực của địa bàn vào ngày đó'],
  [/^an area of (\S+) on (\S+)$/, 'một khu vực của $1 ngày $2'],
  [/^an area of (\S+)$/, 'một khu vực của $1'],
  [/^from a year before to \((.+)\) up to it$/, 'từ một năm trước to ($1) đến ngày đó'],
  [/^from 10 years before to \((.+)\) up to it$/, 'từ mười năm trước to ($1) đến ngày đó'],
  [/^from (.+) on, at most (\d+) days$/, 'từ $1 trở đi, nhiều nhất $2 ngày'],
  [/^a (\S+) series of the whole district$/, 'một chuỗi số liệu $1 của cả địa bàn'],
  [/^a (\S+) series of (\S+)$/, 'một chuỗi số liệu $1 của $2'],
  [/^(\d+) messages are still to be read$/, 'còn $1 mục chưa đọc xong'],
  [/^a district of which facts of this kind are known$/, 'một địa bàn đã có số liệu loại này'],
  [/^a layer that your role permits$/, 'một lớp mà nhiệm vụ của bạn cho xem'],
  [/^a whole number from 0 to (\d+)(?:, then \.mvt)?$/, 'số nguyên từ 0 đến $1'],
  [/^array of events$/, 'danh sách sự kiện'],
  [/^JSON in Base64$/, 'JSON viết bằng Base64'],
  [/^data or data_base64, not both$/, 'data hoặc data_base64, không cả hai'],
  [/^percent-encoded UTF-8; a "%" itself is %25$/, 'UTF-8 mã hoá phần trăm; bản thân dấu "%" là %25'],
  [/^the first before the second$/, 'cái đầu phải trước cái sau'],
  [/^tell it, such as EPSG:32648$/, 'hãy ghi hệ toạ độ, ví dụ EPSG:32648'],
  [/^.+; tell it, such as EPSG:32648$/, 'hệ toạ độ ghi là độ nhưng số là mét; hãy ghi hệ toạ độ, ví dụ EPSG:32648'],
  [/^Your role does not permit (\S+) in (\S+)\.$/, 'Cần quyền $1 ở $2.'],
  [/^Your role does not permit these layers: (.+)\.$/, 'Nhiệm vụ của bạn không cho xem các lớp: $1.'],
  [/^Your role does not permit (\S+)\.$/, 'Cần quyền $1.'],
  [
    /^Without a sign-in only exercises may be looked at, on this machine\.$/,
    'Chưa đăng nhập thì chỉ xem được diễn tập, trên máy này.',
  ],
  [/^It was never given, was revoked, or has expired\.$/, 'Mã này chưa từng được cấp, đã bị thu hồi hoặc đã hết hạn.'],
  [/^It is none, was used before, or is too old\.$/, 'Liên kết sai, đã dùng hoặc đã quá cũ.'],
  [/^No try is taken until (.+)\.$/, 'Chưa nhận lần thử nào trước $1.'],
  [/^Each code is good for half a minute, and once\.$/, 'Mỗi mã dùng được một lần, trong nửa phút.'],
  [
    /^Look at `current`, then send the change again with its ETag in If-Match\.$/,
    'Xem lại trạng thái mới nhất rồi ghi lần nữa.',
  ],
  [
    /^.*Send the same request again: the journal keeps one copy\.$/s,
    'Xin gửi lại đúng yêu cầu này: sổ ghi chỉ giữ một bản.',
  ],
  [/^Only an exercise, or recorded history, may go\.$/, 'Chỉ diễn tập hoặc dữ liệu lịch sử mới được bỏ.'],
  [
    /^Recorded history and exercises keep the time of their own facts.*$/s,
    'Diễn tập và dữ liệu lịch sử theo giờ của chính số liệu, mà ở đây chưa có số liệu nào. Hãy nạp số liệu có ghi thời điểm trước.',
  ],
  [/^(\d+) forecasts are waiting, at most (\d+): ask again$/, 'Đang chờ $1 dự báo, nhiều nhất $2; xin hỏi lại sau.'],
  [
    /^(\d+) runs wait, at most (\d+)\. Ask again when one has ended\.$/,
    'Đang chờ $1 lượt, nhiều nhất $2; xin thử lại khi một lượt đã xong.',
  ],
  [/^Run (\S+) is (\S+): there is nothing to cancel\.$/, 'Lượt $1 không còn chạy: không có gì để hủy.'],
  [
    /^The decision is in the journal and will be in force; its row has not followed yet\.$/,
    'Quyết định đã vào sổ ghi và sẽ có hiệu lực; bảng chưa kịp cập nhật.',
  ],
  [
    /^The run is in the journal and will be done.*$/s,
    'Lượt chạy đã vào sổ ghi và sẽ được thực hiện; bảng chưa kịp cập nhật.',
  ],
  [/^POST \/api\/geography\/imports\/areas\?.*$/, 'Ranh giới nạp ở màn hình nhập dữ liệu, mục khu vực.'],
];

/** The Vietnamese of a detail or a reason that several services write; undefined: there is none. */
export function vietnamesePhrase(english: string): string | undefined {
  for (const [pattern, vietnamese] of phrases) if (pattern.test(english)) return english.replace(pattern, vietnamese);
  return undefined;
}

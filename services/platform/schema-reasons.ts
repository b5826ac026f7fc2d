import type { z } from '@hono/zod-openapi';

type Issue = z.core.$ZodIssue;

/** Why a value does not fit its schema, with the bound: as programmes read it. */
export function reasonOf(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return `${issue.message}; at least ${issue.minimum}`;
    case 'too_big':
      return `${issue.message}; at most ${issue.maximum}`;
    case 'invalid_value':
      return `one of ${listed(issue.values)}`;
    default:
      return issue.message;
  }
}

/** The same in Vietnamese; undefined where a check has words of its own that are English alone (`params: { vi }` gives it others). */
export function vietnameseReasonOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'too_small':
      return `ít nhất ${quantity(issue.origin, issue.minimum, issue.inclusive)}`;
    case 'too_big':
      return `nhiều nhất ${quantity(issue.origin, issue.maximum, issue.inclusive)}`;
    case 'invalid_value':
      return `một trong: ${listed(issue.values)}`;
    case 'invalid_type':
      return / received undefined$/.test(issue.message)
        ? 'bắt buộc'
        : `phải là ${typeWords[issue.expected] ?? issue.expected}`;
    case 'invalid_format':
      return formatWords[issue.format] ?? patternInVietnamese(issue.message);
    case 'custom':
      return typeof issue.params?.vi === 'string' ? issue.params.vi : patternInVietnamese(issue.message);
    case 'unrecognized_keys':
      return `không có trường ${issue.keys.join(', ')}`;
    case 'not_multiple_of':
      return `phải là bội số của ${issue.divisor}`;
    case 'invalid_union':
      return 'không phải một trong các dạng cho phép';
    default:
      return undefined;
  }
}

const listed = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(', ');

function quantity(origin: string, bound: number | bigint, inclusive: boolean | undefined): string {
  if (origin === 'string') return `${bound} ký tự`;
  if (origin === 'array') return `${bound} phần tử`;
  return inclusive === false ? `${bound}, không kể ${bound}` : `là ${bound}`;
}

const typeWords: Record<string, string> = {
  string: 'chữ',
  number: 'số',
  int: 'số nguyên',
  boolean: 'true hoặc false',
  array: 'danh sách',
  object: 'đối tượng JSON',
  record: 'đối tượng JSON',
};

const formatWords: Record<string, string> = {
  date: 'không phải một ngày (YYYY-MM-DD)',
  datetime: 'không phải một thời điểm có múi giờ (RFC 3339)',
};

/** What a pattern wants, by its English words beside the schema. */
const patternWords: Record<string, string> = {
  'letters, digits, "-" and "_", 1 to 80 of them': 'chữ không dấu, chữ số, "-" và "_", từ 1 đến 80 ký tự',
  'letters, digits and "-_:.~/", 1 to 128 of them': 'chữ không dấu, chữ số và "-_:.~/", từ 1 đến 128 ký tự',
  'a JSON media type': 'một kiểu nội dung JSON',
  '"all", "18-49" or "65+"': '"all", "18-49" hoặc "65+"',
  '64 hexadecimal digits': '64 chữ số thập lục phân',
  'an IANA time zone': 'một múi giờ IANA, như Asia/Ho_Chi_Minh',
  'must not fall': 'không được giảm',
  'YYYY-MM': 'YYYY-MM (năm-tháng)',
  'YYYY-Q1 … YYYY-Q4': 'từ YYYY-Q1 đến YYYY-Q4',
};
const smallLetters = /^lower-\w+ letters, digits and "-", 1 to (\d+) of them$/;

function patternInVietnamese(english: string): string | undefined {
  const most = smallLetters.exec(english)?.[1];
  return most ? `chữ thường không dấu, chữ số và "-", từ 1 đến ${most} ký tự` : patternWords[english];
}

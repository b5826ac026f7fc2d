import { dayInWords } from '#contracts/days.ts';
import { localDay } from '#platform/local-time.ts';
import type { Declaration, DeclarationState } from '../declared/level-in-force.ts';
import { type LevelPolicy, levelColours, levelNames, type OfficialLevel } from '../policies/policy.ts';

/** What a notice is made of. It names no count: it is for everybody. */
export interface NoticeFacts {
  declaration: Declaration;
  state: DeclarationState;
  /** The level that was in force before it; undefined: none. */
  before: number | undefined;
  areaName: string;
  districtName: string;
  timeZone: string;
  policy: LevelPolicy;
}

export interface Notice {
  title: string;
  headline: string;
  text: string;
  instruction: string;
}

/** "08/11/2021, 07:05" on the district's clock. */
export function localMoment(instant: string, timeZone: string): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hour12: false }).format(
    new Date(instant),
  );
  return `${time} ngày ${dayInWords(localDay(Date.parse(instant), timeZone))}`;
}

export const levelInWords = (level: number): string =>
  `cấp ${level} – ${levelNames[level as OfficialLevel].vi} (${levelColours[level as OfficialLevel].vi})`;

const instructions: Record<OfficialLevel, string> = {
  1: 'Thực hiện 5K; cơ sở kinh doanh hoạt động theo bộ tiêu chí an toàn.',
  2: 'Thực hiện 5K; theo dõi quy định về tụ tập đông người và hoạt động có giới hạn của địa phương.',
  3: 'Hạn chế ra ngoài khi không cần thiết; theo dõi danh mục hoạt động bị hạn chế do địa phương công bố.',
  4: 'Chỉ ra ngoài khi thật cần thiết; thực hiện các biện pháp cao nhất do địa phương công bố.',
};

/** The draft of a notice in Vietnamese, for a person to sign. */
export function noticeOf({
  declaration,
  state,
  before,
  areaName,
  districtName,
  timeZone,
  policy,
}: NoticeFacts): Notice {
  const { level, takesEffectAt, reason, document, signedBy, exercise, withdrawal } = declaration;
  const place = areaName === districtName ? areaName : `${areaName}, ${districtName}`;
  const mark = exercise ? 'DIỄN TẬP – ' : '';
  const from = localMoment(takesEffectAt, timeZone);
  const headline =
    state === 'withdrawn'
      ? `${mark}Rút công bố cấp độ dịch ${level} tại ${place}`
      : `${mark}${place}: cấp độ dịch ${level} từ ${from}`;
  const change = before === undefined ? '' : before === level ? '' : `Cấp độ trước đó: ${levelInWords(before)}.`;
  const paragraphs =
    state === 'withdrawn'
      ? [
          `Công bố cấp độ dịch ${levelInWords(level)} tại ${place}, dự kiến có hiệu lực từ ${from}, được rút lúc ${localMoment(withdrawal!.at, timeZone)}.`,
          `Lý do: ${withdrawal!.reason}`,
        ]
      : [
          `Căn cứ ${policy.document.vi}, ${place} áp dụng cấp độ dịch ${levelInWords(level)}, có hiệu lực từ ${from}.`,
          change,
          `Lý do: ${reason}`,
        ];
  return {
    title: `${mark}THÔNG BÁO VỀ CẤP ĐỘ DỊCH COVID-19`,
    headline,
    text: [
      `${mark}THÔNG BÁO VỀ CẤP ĐỘ DỊCH COVID-19`,
      ...paragraphs,
      state === 'withdrawn' ? '' : instructions[level as OfficialLevel],
      document ? `Văn bản: ${document}.` : '',
      signedBy ? `Người ký: ${signedBy}` : '',
      ...(exercise ? ['Đây là tình huống diễn tập, không phải thông báo thật.'] : []),
    ]
      .filter((line) => line !== '')
      .join('\n\n'),
    instruction: instructions[level as OfficialLevel],
  };
}

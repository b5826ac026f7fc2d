import type { Cut, MatrixPolicy, MatrixRow, Range } from './policy.ts';
import { resolution128 } from './resolution-128.ts';

const only = (level: number): Range => ({ low: level, high: level });
const row = (a: number, b: number, c: number, d: number): MatrixRow => [only(a), only(b), only(c), only(d)];
/** No source gives the number. A district's signed adjustment can bring it. */
const notKnown: Cut = { at: null, reached: 'at-least', source: 'found in no page that was read', verified: false };

/** QĐ 218/QĐ-BYT of 2022-01-27, in force the same day. */
export const qd218: MatrixPolicy = {
  id: 'qd-218',
  kind: 'matrix',
  document: {
    vi: 'Quyết định 218/QĐ-BYT ngày 27/01/2022',
    en: 'Decision 218/QĐ-BYT of 2022-01-27',
  },
  from: '2022-01-27',
  until: null,
  source: 'en.vcci.com.vn; quangninh.news; e.vnexpress.net 4421798',
  verified: false,
  windowDays: 7,
  cases: 'all',
  ...resolution128,
  transmission: [
    {
      measure: 'cases',
      cuts: [
        { at: 90, reached: 'at-least', source: 'recalled', verified: false },
        { at: 450, reached: 'at-least', source: 'recalled', verified: false },
        { at: 600, reached: 'more-than', source: 'e.vnexpress.net 4421798', verified: true },
      ],
    },
    { measure: 'on-oxygen', cuts: [notKnown, notKnown, notKnown] },
    {
      measure: 'deaths',
      cuts: [
        notKnown,
        {
          at: 6,
          reached: 'more-than',
          source:
            'en.vietnamplus.vn 222153: more than 6 put three wards of level 1 at level 2, so it begins the third band where the response is high',
          verified: false,
        },
        notKnown,
      ],
    },
  ],
  groups: [
    {
      id: 'criterion-2',
      care: false,
      shares: [
        {
          id: 'population-full-course',
          fromAge: 0,
          dose: 'fullCourse',
          share: 0.75,
          source: 'e.vnexpress.net 4421798',
          verified: true,
        },
        {
          id: 'high-risk-full-course',
          fromAge: 50,
          dose: 'fullCourse',
          share: 0.9,
          source:
            'e.vnexpress.net 4421798: 90 % of the high-risk; that they are the people aged 50 and over is our stand-in',
          verified: false,
        },
      ],
    },
    { id: 'criterion-3', care: true, shares: [] },
  ],
  matrix: {
    rows: [row(1, 1, 2, 3), row(1, 2, 3, 4), row(2, 3, 4, 4)],
    source:
      'after WHO, Considerations for implementing and adjusting public health and social measures, 2021-06-14, of which 218 is an adaptation (en.vcci.com.vn); cells recalled',
    verified: false,
  },
  floors: [],
  careForbidsLowering: null,
  hysteresis: {
    words: { vi: 'Không có quy định giữ cấp độ.', en: 'No memory of earlier weeks.' },
    source: 'no rule was found',
    verified: false,
  },
};

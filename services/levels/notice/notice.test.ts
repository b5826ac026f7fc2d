import { describe, expect, test } from 'vitest';
import { policyById } from '../policies/in-force.ts';
import { atomFeed } from './atom.ts';
import { capAlert, capPolygon, capTime } from './cap.ts';
import { type NoticeFacts, noticeOf } from './notice.ts';
import { element, xmlDocument } from './xml.ts';

const facts = (
  more: Partial<NoticeFacts['declaration']> = {},
  state: NoticeFacts['state'] = 'scheduled',
): NoticeFacts => ({
  declaration: {
    declarationId: 'd1',
    areaId: 'W1',
    level: 3,
    policyId: 'qd-4800',
    takesEffectAt: '2021-11-10T00:00:00.000Z',
    declaredAt: '2021-11-08T00:00:00.000Z',
    reason: 'Chợ < 3 ổ dịch & lây lan',
    document: '12/TB-BCĐ',
    signedBy: 'Ban Chỉ đạo',
    exercise: true,
    sequence: 4,
    statedOrder: '',
    withdrawal: null,
    ...more,
  },
  state,
  before: 2,
  areaName: 'Phường Tân Phong',
  districtName: 'Quận 7',
  timeZone: 'Asia/Ho_Chi_Minh',
  policy: policyById('qd-4800'),
});
const square = [
  [106.7, 10.7],
  [106.71, 10.7],
  [106.71, 10.71],
  [106.7, 10.71],
  [106.7, 10.7],
] as const;
/** Text of the elements of a name, in their order. */
const textsOf = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => text);

describe('the notice in Vietnamese', () => {
  test('says level, place, moment by the district’s clock, the level before, reason and document', () => {
    const { headline, text } = noticeOf(facts());
    expect(headline).toBe('DIỄN TẬP – Phường Tân Phong, Quận 7: cấp độ dịch 3 từ 07:00 ngày 10/11/2021');
    expect(text).toContain('Quyết định 4800/QĐ-BYT ngày 12/10/2021');
    expect(text).toContain('cấp 3 – nguy cơ cao (cam)');
    expect(text).toContain('Cấp độ trước đó: cấp 2');
    expect(text).toContain('Văn bản: 12/TB-BCĐ.');
    expect(text).toContain('không phải thông báo thật');
  });

  test('outside of an exercise there is no mark; a withdrawal says why', () => {
    expect(noticeOf(facts({ exercise: false })).text).not.toMatch(/diễn tập/i);
    const gone = noticeOf(facts({ withdrawal: { at: '2021-11-09T01:00:00Z', reason: 'số liệu đã sửa' } }, 'withdrawn'));
    expect(gone.headline).toContain('Rút công bố cấp độ dịch 3');
    expect(gone.text).toContain('số liệu đã sửa');
  });
});

describe('CAP 1.2', () => {
  const cap = capAlert(facts(), 'q7', [square]);
  test('the elements that the standard asks for, in its order', () => {
    const names = [...cap.matchAll(/<(?!\?|\/)([a-zA-Z]+)/g)].map(([, name]) => name);
    expect(names).toEqual([
      ...[
        'alert',
        'identifier',
        'sender',
        'sent',
        'status',
        'msgType',
        'scope',
        'note',
        'info',
        'language',
        'category',
      ],
      ...['event', 'responseType', 'urgency', 'severity', 'certainty', 'effective', 'onset', 'senderName', 'headline'],
      ...['description', 'instruction', 'parameter', 'valueName', 'value', 'parameter', 'valueName', 'value'],
      ...['area', 'areaDesc', 'polygon', 'geocode', 'valueName', 'value'],
    ]);
  });

  test('an exercise is an Exercise, what is to come Future, its times have an offset and no Z', () => {
    expect(textsOf(cap, 'status')).toEqual(['Exercise']);
    expect(textsOf(capAlert(facts({ exercise: false }), 'q7', []), 'status')).toEqual(['Actual']);
    expect(textsOf(cap, 'urgency')).toEqual(['Future']);
    expect(textsOf(cap, 'severity')).toEqual(['Severe']);
    expect([...textsOf(cap, 'sent'), ...textsOf(cap, 'onset')]).toEqual([
      '2021-11-08T07:00:00+07:00',
      '2021-11-10T07:00:00+07:00',
    ]);
    expect(capTime('2021-11-08T00:00:00.9Z', 'UTC')).toBe('2021-11-08T00:00:00-00:00');
    expect(capTime('2021-11-08T00:00:00Z', 'America/St_Johns')).toBe('2021-11-07T20:30:00-03:30');
  });

  test('identifier and sender hold neither space, comma, < nor &', () => {
    const odd = capAlert(facts({ declarationId: 'a b,c<d&e' }), 'q7', []);
    for (const text of [...textsOf(odd, 'identifier'), ...textsOf(odd, 'sender')]) expect(text).toMatch(/^[^\s,<&]+$/);
  });

  test('a polygon is closed, of at least four pairs, latitude first', () => {
    expect(textsOf(cap, 'polygon')).toEqual(['10.7,106.7 10.7,106.71 10.71,106.71 10.71,106.7 10.7,106.7']);
    expect(capPolygon(square.slice(0, 4))).toBe('10.7,106.7 10.7,106.71 10.71,106.71 10.71,106.7 10.7,106.7');
    expect(capPolygon(square.slice(0, 2))).toBeUndefined();
  });

  test('a withdrawal cancels the alert by sender, identifier and time', () => {
    const cancel = capAlert(facts({ withdrawal: { at: '2021-11-09T00:00:00Z', reason: 'r' } }, 'withdrawn'), 'q7', []);
    expect(textsOf(cancel, 'msgType')).toEqual(['Cancel']);
    expect(textsOf(cancel, 'references')).toEqual(['q7.vung-xanh,level-d1,2021-11-08T07:00:00+07:00']);
    expect(textsOf(cancel, 'identifier')).toEqual(['level-d1-cancel']);
  });
});

test('the Atom feed has id, title, updated, an author, and an entry for each, the newest first', () => {
  const older = facts({ declarationId: 'd0', declaredAt: '2021-11-01T00:00:00.000Z' });
  const changed = facts(
    {
      declarationId: 'd2',
      declaredAt: '2021-11-02T00:00:00.000Z',
      withdrawal: { at: '2021-11-09T00:00:00.000Z', reason: 'r' },
    },
    'withdrawn',
  );
  const feed = atomFeed(
    {
      ...{ district: 'q7', areaId: undefined, title: 'Quận 7', self: 'https://example.org/feed?a=1&b=2' },
      ...{ capOf: (id) => `https://example.org/${id}`, since: '2021-01-01T00:00:00Z' },
    },
    [older, changed, facts()],
  );
  expect(textsOf(feed, 'id')).toEqual([
    'urn:vung-xanh:levels:q7',
    ...['d2', 'd1', 'd0'].map((id) => `urn:vung-xanh:level:q7:${id}`),
  ]);
  expect(textsOf(feed, 'updated')[0]).toBe('2021-11-09T00:00:00.000Z');
  expect(feed).toContain('href="https://example.org/feed?a=1&amp;b=2"');
});

test('text of people cannot break the document', () => {
  const written = xmlDocument(element('a', [element('b', 'x <b> & "c" \u0000\uD800', { d: '"<&' })]));
  expect(written).toContain('>x &lt;b&gt; &amp; &quot;c&quot; \uFFFD\uFFFD</b>');
  expect(written).toContain('d="&quot;&lt;&amp;"');
});

import { describe, expect, test } from 'vitest';
import { longestSide, NotAPicture, withoutMetadata } from './metadata.ts';

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const textOf = (bytes: Uint8Array) => String.fromCharCode(...bytes);
const join = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('JPEG', () => {
  const segment = (marker: number, content: Uint8Array) =>
    join([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255], content);
  const start = [0xff, 0xd8];
  const end = [0xff, 0xd9];
  const jfif = segment(0xe0, join(bytesOf('JFIF\0'), [1, 1, 0, 0, 1, 0, 1, 1, 1], bytesOf('RGB')));
  const plainJfif = segment(0xe0, join(bytesOf('JFIF\0'), [1, 1, 0, 0, 1, 0, 1, 0, 0]));
  /** Little-endian TIFF with an orientation and a position. */
  const exif = (orientation: number) =>
    segment(
      0xe1,
      join(
        bytesOf('Exif\0\0II*\0'),
        [8, 0, 0, 0, 2, 0],
        [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0],
        [0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0],
        bytesOf('GPS 10.7,106.7 by somebody'),
      ),
    );
  const xmp = segment(0xe1, bytesOf('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPSLatitude</x:xmpmeta>'));
  const iptc = segment(0xed, bytesOf('Photoshop 3.0\0 byline'));
  const comment = segment(0xfe, bytesOf('taken by A'));
  const profile = segment(0xe2, bytesOf('ICC_PROFILE\0\x01\x01colours'));
  const multi = segment(0xe2, bytesOf('MPF\0 second picture'));
  const table = segment(0xdb, new Uint8Array(65));
  const frameOf = (width: number, height: number, marker = 0xc0) =>
    segment(marker, Uint8Array.of(8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0));
  const frame = frameOf(10, 10);
  const scan = join(segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)), [1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]);
  const secondScan = join(segment(0xda, Uint8Array.of(1, 2, 0, 0, 63, 0)), [9, 0xff, 0, 9]);

  test('everything but what draws is gone: EXIF, XMP, IPTC, comments, small pictures, what stands after the end', () => {
    const camera = join(start, jfif, exif(1), xmp, iptc, comment, profile, multi, table, frame, scan, secondScan, end);
    const { mediaType, bytes } = withoutMetadata(join(camera, bytesOf('GPS after the end')));
    expect(mediaType).toBe('image/jpeg');
    expect([...bytes]).toEqual([...join(start, plainJfif, profile, table, frame, scan, secondScan, end)]);
    expect(textOf(bytes)).not.toMatch(/GPS|Exif|xmp|Photoshop|taken|MPF|RGB/);
  });

  test.each([3, 6, 8])('which way up it is stays, alone (%d)', (orientation) => {
    const { bytes } = withoutMetadata(join(start, jfif, exif(orientation), table, frame, scan, end));
    expect(textOf(bytes)).toContain('Exif');
    expect(textOf(bytes)).not.toContain('GPS');
    // What was written is read again, and comes out the same.
    expect([...withoutMetadata(bytes).bytes]).toEqual([...bytes]);
    expect(bytes[2 + 10 + 8 + 2 + 9]).toBe(orientation);
  });

  test('one that ends too early is none', () => {
    const whole = join(start, jfif, table, frame, scan, end);
    for (const length of [4, 20, 60, whole.length - 1])
      expect(() => withoutMetadata(whole.slice(0, length))).toThrow(NotAPicture);
  });

  const of =
    (...frames: Uint8Array[]) =>
    () =>
      withoutMetadata(join(start, ...frames, scan, end));
  test('as many pixels as are shown, and not one row more; a frame, and one alone', () => {
    expect(of(frameOf(20_000, 10_000))).not.toThrow();
    expect(of(frameOf(20_000, 10_001))).toThrow(NotAPicture);
    expect(of(frameOf(longestSide, 1))).not.toThrow();
    for (const marker of [0xc0, 0xc2, 0xcf]) expect(of(frameOf(longestSide + 1, 1, marker))).toThrow(NotAPicture);
    expect(of(frameOf(0, 10))).toThrow(NotAPicture);
    expect(of()).toThrow(NotAPicture);
    expect(of(frame, frame)).toThrow(NotAPicture);
    expect(() => withoutMetadata(join(start, end, [0]))).toThrow(NotAPicture);
  });
});

describe('PNG', () => {
  const chunk = (name: string, content: string) =>
    join([0, 0, content.length >> 8, content.length & 255], bytesOf(name), bytesOf(content), [1, 2, 3, 4]);
  const bigEndian = (value: number) =>
    String.fromCharCode(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
  const ihdr = (width: number, height: number) =>
    chunk('IHDR', `${bigEndian(width)}${bigEndian(height)}${String.fromCharCode(8, 2, 0, 0, 0)}`);
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

  test('texts, times, EXIF and private chunks are gone, and what stands after the end', () => {
    const drawn = [ihdr(10, 10), chunk('iCCP', 'colours'), chunk('IDAT', 'picture'), chunk('IEND', '')];
    const told = ['tEXt', 'iTXt', 'zTXt', 'tIME', 'eXIf', 'caBX', 'prVt'].map((name) => chunk(name, 'GPS 10.7'));
    const { mediaType, bytes } = withoutMetadata(
      join(signature, drawn[0]!, ...told, drawn[1]!, drawn[2]!, drawn[3]!, bytesOf('GPS')),
    );
    expect(mediaType).toBe('image/png');
    expect([...bytes]).toEqual([...join(signature, ...drawn)]);
  });

  test('as many pixels as are shown, and not one row more; the head first, and data', () => {
    const of =
      (...chunks: Uint8Array[]) =>
      () =>
        withoutMetadata(join(signature, ...chunks, chunk('IEND', '')));
    const data = chunk('IDAT', 'picture');
    expect(of(ihdr(20_000, 10_000), data)).not.toThrow();
    expect(of(ihdr(20_000, 10_001), data)).toThrow(NotAPicture);
    expect(of(ihdr(longestSide, 1), data)).not.toThrow();
    expect(of(ihdr(longestSide + 1, 1), data)).toThrow(NotAPicture);
    expect(of(ihdr(0x7fffffff, 0x7fffffff), data)).toThrow(NotAPicture);
    expect(of(ihdr(0, 1), data)).toThrow(NotAPicture);
    expect(of()).toThrow(NotAPicture);
    expect(of(ihdr(1, 1))).toThrow(NotAPicture);
    expect(of(data, ihdr(1, 1))).toThrow(NotAPicture);
    expect(of(ihdr(1, 1), ihdr(30_000, 30_000), data)).toThrow(NotAPicture);
  });

  test('one without an end is none', () => {
    expect(() => withoutMetadata(join(signature, ihdr(10, 10)))).toThrow(NotAPicture);
  });
});

describe('WebP', () => {
  const chunk = (name: string, content: Uint8Array) =>
    join(bytesOf(name), [content.length, 0, 0, 0], content, content.length % 2 ? [0] : []);
  const file = (...chunks: Uint8Array[]) => {
    const body = join(...chunks);
    return join(bytesOf('RIFF'), [(body.length + 4) & 255, (body.length + 4) >> 8, 0, 0], bytesOf('WEBP'), body);
  };
  const extended = (flags: number) => chunk('VP8X', Uint8Array.of(flags, 0, 0, 0, 9, 0, 0, 9, 0, 0));
  const drawn = chunk('VP8 ', Uint8Array.of(0, 0, 0, 0x9d, 0x01, 0x2a, 10, 0, 10, 0));

  test('EXIF and XMP are gone, their flags and the length with them', () => {
    const { mediaType, bytes } = withoutMetadata(
      join(
        file(
          extended(0b00111100),
          chunk('ICCP', bytesOf('col')),
          drawn,
          chunk('EXIF', bytesOf('GPS')),
          chunk('XMP ', bytesOf('GPS')),
        ),
        bytesOf('after'),
      ),
    );
    expect(mediaType).toBe('image/webp');
    expect([...bytes]).toEqual([...file(extended(0b00110000), chunk('ICCP', bytesOf('col')), drawn)]);
  });

  test('a simple one stays as it is', () => {
    expect([...withoutMetadata(file(drawn)).bytes]).toEqual([...file(drawn)]);
  });
});

test.each([
  ['nothing', ''],
  ['a GIF', 'GIF89a'],
  ['a page', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
])('%s is no picture', (_what, text) => expect(() => withoutMetadata(bytesOf(text))).toThrow(NotAPicture));

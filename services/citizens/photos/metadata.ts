/** Kinds of pictures that are taken. */
export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

/** A picture without what its camera says of place, time, owner and device. */
export interface Picture {
  mediaType: PictureType;
  bytes: Uint8Array;
}

/** What is wrong with the bytes of a picture. */
export class NotAPicture extends Error {}

/**
 * Takes the metadata out of a JPEG, PNG or WebP: EXIF with its position, XMP, IPTC, comments, texts, times, thumbnails, and what stands after the end of the picture. What
 * draws it stays, byte for byte: the colour profile too. Of EXIF one thing is kept, written anew: which way up the picture is. Pure.
 *
 * @throws NotAPicture when the bytes are none of these, or end too early
 */
export function withoutMetadata(bytes: Uint8Array): Picture {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return { mediaType: 'image/jpeg', bytes: plainJpeg(bytes) };
  if (startsWith(bytes, pngSignature)) return { mediaType: 'image/png', bytes: plainPng(bytes) };
  if (textAt(bytes, 0) === 'RIFF' && textAt(bytes, 8) === 'WEBP')
    return { mediaType: 'image/webp', bytes: plainWebp(bytes) };
  throw new NotAPicture('no JPEG, PNG or WebP');
}

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, at) => bytes[at] === byte);
const textAt = (bytes: Uint8Array, at: number, length = 4) => String.fromCharCode(...bytes.subarray(at, at + length));
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const tooShort = () => new NotAPicture('the picture ends too early');

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Pixels that a picture may have: a file of some hundred bytes may claim four thousand million, and whoever opens it gives four bytes of memory for each. Telephones
 * take up to 200 million.
 */
export const mostPixels = 200_000_000;
/** Of either side: browsers draw no more. */
export const longestSide = 32_767;

/** @throws NotAPicture unless it has at least one pixel, and no more than are shown */
function assertShowable(width: number, height: number): void {
  if (width < 1 || height < 1) throw new NotAPicture('it has no pixel');
  if (width > longestSide || height > longestSide || width * height > mostPixels)
    throw new NotAPicture(
      `it has ${width} × ${height} pixels; at most ${longestSide} a side and ${mostPixels} together`,
    );
}

/** Application segments that draw: JFIF, the colour profile, Adobe's transform. */
const drawingSegments: Readonly<Record<number, readonly string[]>> = {
  224: ['JFIF\0'],
  226: ['ICC_PROFILE\0'],
  238: ['Adobe'],
};

/** @see ITU-T T.81, B.1.1: segments up to the end of the image; Exif 2.3, 4.5 */
function plainJpeg(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let orientation = 1;
  let hasFrame = false;
  let hasScan = false;
  let at = 2;
  for (;;) {
    // Fill bytes may stand before a marker.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    if (at + 2 > bytes.length || bytes[at] !== 0xff) throw tooShort();
    const marker = bytes[at + 1]!;
    if (marker === 0xd9) {
      kept.push(bytes.subarray(at, at + 2));
      break;
    }
    if (at + 4 > bytes.length) throw tooShort();
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length || end < at + 4) throw tooShort();
    const segment = bytes.subarray(at, end);
    if (isFrame(marker)) {
      // Two of them are two pictures: readers do not agree which one is drawn.
      if (hasFrame || segment.length < 11) throw tooShort();
      hasFrame = true;
      const frame = viewOf(segment);
      assertShowable(frame.getUint16(7), frame.getUint16(5));
    }
    if (marker === 0xe1 && textAt(segment, 4, 6) === 'Exif\0\0') orientation = orientationOf(segment.subarray(10));
    const isApplication = marker >= 0xe0 && marker <= 0xef;
    const draws = drawingSegments[marker]?.some((name) => textAt(segment, 4, name.length) === name);
    if ((!isApplication && marker !== 0xfe) || draws) kept.push(marker === 0xe0 ? withoutThumbnail(segment) : segment);
    at = end;
    if (marker === 0xda) {
      if (!hasFrame) throw tooShort();
      hasScan = true;
      const scanEnd = endOfScan(bytes, at);
      kept.push(bytes.subarray(at, scanEnd));
      at = scanEnd;
    }
  }
  if (!hasScan) throw tooShort();
  if (orientation > 1) kept.splice(1, 0, exifOfOrientation(orientation));
  return joined(kept);
}

/** Start of a frame, which says how large it is; the codes among them that define tables are none. @see ITU-T T.81, B.1.1.3 */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** A JFIF segment without its small picture. */
function withoutThumbnail(segment: Uint8Array): Uint8Array {
  if (segment.length <= 18) return segment;
  const plain = segment.slice(0, 18);
  plain.set([0, 16], 2);
  plain.set([0, 0], 16);
  return plain;
}

/** Entropy-coded data end at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1]!;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw tooShort();
}

/** Which way up a picture is by its EXIF: 1 to 8; 1 when it does not say. @param tiff from the byte order on */
function orientationOf(tiff: Uint8Array): number {
  const little = textAt(tiff, 0, 2) === 'II';
  if (tiff.length < 14) return 1;
  const view = viewOf(tiff);
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return 1;
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** An EXIF segment that says nothing but the orientation. */
const exifOfOrientation = (orientation: number): Uint8Array =>
  Uint8Array.of(
    ...[0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0x00, 0x00],
    ...[0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08],
    ...[0x00, 0x01, 0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, orientation, 0x00, 0x00],
    ...[0x00, 0x00, 0x00, 0x00],
  );

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Chunks that draw, moving pictures too; all others are left out. */
const drawingChunks = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'bKGD', 'pHYs'],
  ...['acTL', 'fcTL', 'fdAT'],
]);

/** @see Portable Network Graphics (PNG) Specification, third edition, 5.3 */
function plainPng(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  let hasData = false;
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) throw tooShort();
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) throw tooShort();
    const name = textAt(bytes, at + 4);
    if ((name === 'IHDR') !== (at === 8)) throw tooShort();
    if (name === 'IHDR') {
      if (end !== at + 25) throw tooShort();
      assertShowable(view.getUint32(at + 8), view.getUint32(at + 12));
    }
    // A frame of a moving picture is no larger than the whole, which is looked at by whoever draws it.
    hasData ||= name === 'IDAT';
    if (drawingChunks.has(name)) kept.push(bytes.subarray(at, end));
    if (name === 'IEND') {
      if (!hasData) throw tooShort();
      return joined(kept);
    }
    at = end;
  }
}

const webpMetadata = new Set(['EXIF', 'XMP ']);
const drawingWebp = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

/** @see RFC 9649, WebP Image Format, 2.7 */
function plainWebp(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const whole = Math.min(bytes.length, 8 + view.getUint32(4, true));
  const kept: Uint8Array[] = [];
  let hasSize = false;
  for (let at = 12; at < whole; ) {
    if (at + 8 > whole) throw tooShort();
    const name = textAt(bytes, at);
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    // The last chunk may lack its padding.
    if (at + 8 + length > bytes.length) throw tooShort();
    const size = webpSize(name, bytes.subarray(at + 8, at + 8 + length));
    if (size) {
      assertShowable(...size);
      hasSize = true;
    }
    if (drawingWebp.has(name)) {
      const chunk = new Uint8Array(end - at);
      chunk.set(bytes.subarray(at, Math.min(end, bytes.length)));
      // The flags of the metadata that are gone.
      if (name === 'VP8X') chunk[8]! &= ~0b00001100;
      kept.push(chunk);
    } else if (!webpMetadata.has(name) && !/^[\x20-\x7e]{4}$/.test(name)) throw tooShort();
    at = end;
  }
  if (!hasSize) throw tooShort();
  const body = joined(kept);
  const head = new Uint8Array(12);
  head.set(bytes.subarray(0, 12));
  viewOf(head).setUint32(4, 4 + body.length, true);
  return joined([head, body]);
}

/** Width and height by a chunk that says them; undefined: this one does not. @throws NotAPicture when it ends before. @see RFC 9649, 2.5 to 2.7; RFC 6386, 9.1 */
function webpSize(name: string, content: Uint8Array): [width: number, height: number] | undefined {
  const view = viewOf(content);
  const need = (length: number) => {
    if (content.length < length) throw tooShort();
  };
  const threeBytes = (at: number) => view.getUint16(at, true) | (content[at + 2]! << 16);
  if (name === 'VP8X') {
    need(10);
    return [threeBytes(4) + 1, threeBytes(7) + 1];
  }
  if (name === 'ANMF') {
    need(16);
    return [threeBytes(6) + 1, threeBytes(9) + 1];
  }
  if (name === 'VP8L') {
    need(5);
    if (content[0] !== 0x2f) throw tooShort();
    const bits = view.getUint32(1, true);
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
  }
  if (name === 'VP8 ') {
    need(10);
    if (content[3] !== 0x9d || content[4] !== 0x01 || content[5] !== 0x2a) throw tooShort();
    return [view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff];
  }
  return undefined;
}

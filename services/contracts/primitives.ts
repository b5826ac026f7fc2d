import { z } from '@hono/zod-openapi';

/** Vietnam's bounding box with sea, or anywhere else: a position is only checked to be on Earth. Degrees, WGS84. */
export const position = z.object({
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
});
export type Position = z.infer<typeof position>;

/** Identifier that is safe as one NATS subject token, one URL segment and one CSV cell. */
export const identifier = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/, 'letters, digits, "-" and "_", 1 to 80 of them');

/** District identifier: names a stream, so lower case only. */
export const districtId = z.string().regex(/^[a-z0-9-]{1,32}$/, 'lower-case letters, digits and "-", 1 to 32 of them');

/** The same sentence in both languages. */
export const bothLanguages = z.object({ vi: z.string(), en: z.string() });

/** Calendar day in the district's own time zone, YYYY-MM-DD. */
export const day = z.iso.date();

/** Instant with zone, RFC 3339. It may be written with `t` and `z` (RFC 3339, 5.6); it is read as with `T` and `Z`. */
export const instant = z
  .string()
  .overwrite((text) => text.toUpperCase())
  .check(z.iso.datetime({ offset: true }));

/** Of which years anything can be asked: there PostgreSQL, JavaScript and everybody's calendar agree, and days before and after can be counted. */
const asked = { first: '1900-01-01', last: '2199-12-31' };
const askedWords = (and: { vi: string; en: string }) => ({
  error: `from ${asked.first} to ${asked.last}${and.en}`,
  params: { vi: `từ ${asked.first} đến ${asked.last}${and.vi}` },
});

/** A day that is asked for. */
export const askedDay = day.refine((text) => text >= asked.first && text <= asked.last, askedWords({ vi: '', en: '' }));

/** A moment that is asked for. Zones on Earth are at most 14 hours from UTC. */
export const askedInstant = instant.refine(
  (text) => {
    const [, hours = '0'] = /[+-](\d\d):\d\d$/.exec(text) ?? [];
    const at = Date.parse(text);
    // A day within, so that the local day is too, in every zone.
    return Number(hours) <= 14 && at > Date.parse(asked.first) + 86_400_000 && at < Date.parse(asked.last);
  },
  askedWords({ vi: ', với múi giờ có thật', en: ', with a zone that there is' }),
);

/** Characters that turn the direction of what stands after them: embeddings, overrides, isolates (UAX #9). Nobody sees them, and a sentence reads otherwise than it is. */
export const turnsDirection = /[\u202a-\u202e\u2066-\u2069]/;

/** Text that an authority announces to everybody. */
export const announced = <Text extends z.ZodString>(text: Text) =>
  text.refine((said) => !turnsDirection.test(said), {
    error: 'text without characters that turn its direction (U+202A–202E, U+2066–2069)',
    params: {
      vi: 'không có ký tự đổi chiều chữ (U+202A–202E, U+2066–2069)',
      en: 'text without characters that turn its direction (U+202A–202E, U+2066–2069)',
    },
  });

/** Free text that people typed. */
export const shortText = z.string().min(1).max(200);
export const longText = z.string().max(4000);

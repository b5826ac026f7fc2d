import type { UnusualRow } from '#contracts/http/audit.ts';

/** What counts as unusual, as policy. Each is a reason to ask, and proves nothing. */
export const unusualPolicy = {
  /** Persons in an hour: above this, and above so many times the busiest of the person's other hours. */
  persons: 50,
  timesUsual: 3,
  /** Hours of the night in the local time of the product's district, from–until before; looks in it, for who is rarely there by night. */
  night: { from: 22, until: 5 },
  nightPersons: 5,
  /** Of all hours in which a person reads, at least this part by night: then the night is his duty. */
  nightDuty: 0.2,
  /** Reads outside of the role or its areas that were refused, in an hour. */
  refusals: 3,
  /** Looks at one single person on one day. */
  samePerson: 6,
} as const;

/** What somebody read in one hour of the clock. */
export interface HourOfReading {
  actor: string;
  /** Begin of the hour, ISO 8601. */
  hour: string;
  /** 0–23 in local time. */
  localHour: number;
  /** Different persons shown by name of their case. */
  persons: number;
  refusals: number;
}

/** Looks of somebody at one person on one local day. */
export interface LooksAtOne {
  actor: string;
  day: string;
  looks: number;
}

export type Unusual = Omit<UnusualRow, 'name'>;

const isNight = (hour: number) => hour >= unusualPolicy.night.from || hour < unusualPolicy.night.until;

/**
 * Hours and days to ask about, held to what the same person does otherwise. Pure.
 *
 * @param hours everything that is known of habits, newest days among it @param since ISO 8601: what is listed begins here
 */
export function unusualReading(hours: readonly HourOfReading[], ones: readonly LooksAtOne[], since: string): Unusual[] {
  const byActor = Map.groupBy(hours, ({ actor }) => actor);
  const found = [...byActor].flatMap(([actor, own]) => {
    const nights = own.filter(({ localHour, persons }) => isNight(localHour) && persons > 0).length;
    const worksByNight = nights / own.length >= unusualPolicy.nightDuty && nights >= 5;
    return own
      .filter(({ hour }) => hour >= since)
      .flatMap(({ hour, localHour, persons, refusals }): Unusual[] => {
        const busiest = Math.max(0, ...own.filter((other) => other.hour !== hour).map((other) => other.persons));
        const most = Math.max(unusualPolicy.persons, unusualPolicy.timesUsual * busiest);
        return [
          ...(persons > most
            ? [
                unusual(actor, 'many-persons', hour, persons, most, {
                  vi: `xem ${persons} người trong một giờ; giờ nhiều nhất khác của chính người này là ${busiest}`,
                  en: `${persons} persons in an hour; the busiest other hour of the same person has ${busiest}`,
                }),
              ]
            : []),
          ...(isNight(localHour) && !worksByNight && persons >= unusualPolicy.nightPersons
            ? [
                unusual(actor, 'at-night', hour, persons, unusualPolicy.nightPersons, {
                  vi: `xem ${persons} người lúc ${localHour} giờ, không phải giờ người này hay làm`,
                  en: `${persons} persons at ${localHour} o’clock, when this person rarely works`,
                }),
              ]
            : []),
          ...(refusals >= unusualPolicy.refusals
            ? [
                unusual(actor, 'refused', hour, refusals, unusualPolicy.refusals, {
                  vi: `${refusals} lần bị từ chối khi đòi xem dữ liệu từng người ngoài quyền hoặc ngoài khu vực`,
                  en: `${refusals} times refused rows of persons beyond the role or its areas`,
                }),
              ]
            : []),
        ];
      });
  });
  const repeated = ones
    .filter(({ looks, day }) => looks >= unusualPolicy.samePerson && day >= since.slice(0, 10))
    .map(({ actor, day, looks }) =>
      unusual(actor, 'same-person', day, looks, unusualPolicy.samePerson, {
        vi: `mở cùng một người ${looks} lần trong một ngày`,
        en: `opened one and the same person ${looks} times in a day`,
      }),
    );
  return [...found, ...repeated].toSorted((a, b) => b.from.localeCompare(a.from));
}

const unusual = (
  actor: string,
  reason: Unusual['reason'],
  from: string,
  count: number,
  usual: number,
  words: Unusual['words'],
): Unusual => ({ actor, reason, from, count, usual, words });

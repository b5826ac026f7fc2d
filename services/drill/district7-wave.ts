import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { newEvent, newEventOf } from '#contracts/new-event.ts';
import { packEvents } from '../geography/district-pack/pack-events.ts';
import { loadDistrict7Pack } from '../geography/district7/pack.ts';
import { dailyCallsSet, rounds } from '../hotline/daily/events.ts';
import { type DrillEvent, simulateWave } from './simulation/simulate-wave.ts';

/** What an exercise is before it is played. */
export interface Exercise {
  registration: EventData<'district-registered'>;
  from: string;
  to: string;
  /** The exercise's clock up to which everything is sent as fast as it goes, so that there is something to see at once. */
  prefillUntil: number;
  /** The same stream at each call. */
  events: () => Iterable<DrillEvent>;
}

export const exerciseDistrict = 'q7-dien-tap';

/** Calls of the exercise on a day: invented people who call, and patients who are called. Few, as a day may pass in four seconds. */
const callsPerDay = { [rounds.inbound]: 24, [rounds.daily]: 20 };

/** The wave of 2021 in District 7: the shipped exercise, from 1 June to 31 December, of which the first ten weeks come at once. */
export function district7Wave(seed = 2021): Exercise {
  const pack = loadDistrict7Pack();
  const [from, to] = ['2021-06-01', '2021-12-31'];
  const opening = `${from}T00:00:00+07:00`;
  const places = packEvents(pack, {
    district: exerciseDistrict,
    clock: 'recorded',
    exercise: true,
    recordedTime: opening,
  });
  const registration = places[0]!.data as EventData<'district-registered'>;
  return {
    registration: {
      ...registration,
      name: `${pack.district.name.vi} (diễn tập)`,
      nameEnglish: `${pack.district.name.en} (exercise)`,
    },
    from,
    to,
    prefillUntil: Date.parse('2021-08-10T00:00:00+07:00'),
    events: () =>
      simulateWave({
        seed,
        pack,
        from,
        to,
        district: exerciseDistrict,
        opening: [...places.slice(1).map((place) => newEvent(place).event as CloudEvent), ...callRounds(opening, seed)],
      }),
  };
}

/** The hotline of the exercise lives: invented people call, and some patients are called every day. */
const callRounds = (time: string, seed: number): CloudEvent[] =>
  Object.entries(callsPerDay).map(
    ([roundId, mostPerDay]) =>
      newEventOf(dailyCallsSet, {
        ...{ id: `dt-calls-${roundId}`, district: exerciseDistrict, source: `drill/seed-${seed}`, exercise: true },
        ...{ time: new Date(time).toISOString(), recordedTime: new Date(time).toISOString() },
        data: { roundId, enabled: true, mostPerDay, occurredAt: new Date(time).toISOString() },
      }).event,
  );

import { programmeActor } from '#contracts/actor.ts';
import { committedSubject } from '#contracts/live.ts';
import type { Running } from '#platform/run.ts';
import { readColumns, stateOf, type VersionRow } from '../../lifecycle/read-rows.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { stampOf, takeCallStep } from '../calls/commands.ts';
import { ringing } from '../calls/evolve.ts';
import type { Call } from '../calls/state.ts';
import { callTables } from '../calls/tables.ts';
import type { Telephony } from './telephony.ts';

/** A second try comes without news. */
const lookMs = 5000;

/** A command to a carrier, by a name that is the same for the same command. */
export interface CarrierCommand {
  name: string;
  attempt: number;
  does: 'originate' | 'hang-up' | 'bridge';
}

/** What a carrier has to be told so that it does what the state of a call says. Pure. */
export function commandsFor(call: Call, nowMs: number): CarrierCommand[] {
  const rings = call.status === 'ringing' ? ringing(call) : undefined;
  return call.attempts.flatMap(({ attempt, outcome, rangAt }): CarrierCommand[] => {
    const command = (does: CarrierCommand['does']) => [{ name: `${call.callId}/${attempt}/${does}`, attempt, does }];
    if (attempt === rings?.attempt) return Date.parse(rangAt) <= nowMs ? command('originate') : [];
    if (outcome === 'answered') return command(call.status === 'answered' ? 'bridge' : 'hang-up');
    // The carrier itself ended what was busy or refused.
    return outcome === 'no-answer' || outcome === 'caller-hung-up' ? command('hang-up') : [];
  });
}

/** Calls of the carrier that ring, are spoken, or ended in the last hour. */
const callsSql = `SELECT ${readColumns(callTables)} FROM hotline.call_versions v
  WHERE v.district = $1 AND v.known_until = 'infinity' AND v.reported AND v.carrier = 'webhook'
    AND (v.status IN ('ringing', 'answered') OR v.status_since > now() - interval '1 hour') ORDER BY v.call_id LIMIT 500`;

/**
 * Tells the carrier of each call what its state asks for, each command until it was taken. After a death all are told again; a carrier does each once.
 *
 * @param telephonyOf the carrier of a district
 * @param numberOf the telephone of an office; undefined: none is known, and the next one is rung
 */
export function openExchange(
  parts: CommandParts,
  {
    telephonyOf,
    numberOf,
    from,
  }: { telephonyOf: (district: string) => Telephony; numberOf: (targetId: string) => string | undefined; from: string },
): Running {
  const { broker, projection, database, log } = parts;
  const taken = new Set<string>();
  const busy = new Map<string, Promise<void>>();
  let stopped = false;
  async function tell(district: string, call: Call, { name, attempt, does }: CarrierCommand): Promise<void> {
    if (taken.has(`${district}/${name}`)) return;
    const telephony = telephonyOf(district);
    const { callId } = call;
    const { targetId, role, ringSeconds } = call.attempts[attempt - 1]!;
    if (does === 'originate') {
      const to = numberOf(targetId);
      if (to === undefined) {
        const attribution = { actor: programmeActor('hotline'), correlationId: parts.newId() };
        await takeCallStep(parts, await stampOf(parts, district, attribution), {
          ...{ callId, step: 'refuse' },
          said: { attempt, outcome: 'failed', carrierSays: 'no number' },
        });
      } else await telephony.originate({ callId, attempt, role, to, from, ringSeconds });
    } else if (does === 'bridge') await telephony.bridge(callId, attempt);
    else await telephony.hangUp(callId, attempt);
    taken.add(`${district}/${name}`);
  }
  async function look(district: string): Promise<void> {
    const { rows } = await database.query<VersionRow>(callsSql, [district]);
    for (const call of rows.map((row) => stateOf(callTables, row)))
      for (const command of commandsFor(call, parts.now().getTime()))
        await tell(district, call, command).catch((error) => {
          if (!stopped)
            log.warn({ reason: (error as Error).message, command: command.name }, 'carrier not told: tried again');
        });
  }
  const notify = (district: string) => {
    if (stopped || !projection.leads(district)) return;
    const before = busy.get(district) ?? Promise.resolve();
    busy.set(
      district,
      before
        .then(() => (stopped ? undefined : look(district)))
        .catch((error) => {
          if (!stopped) log.warn({ reason: (error as Error).message, district }, 'calls not read for the carrier');
        }),
    );
  };
  const subscription = broker.connection.subscribe(committedSubject('*', 'hotline'), {
    callback: (_error, message) => notify(message.subject.split('.')[2]!),
  });
  const again = setInterval(() => {
    for (const district of projection.districts()) notify(district);
  }, lookMs).unref();
  projection.onLead(notify);
  return {
    name: 'exchange',
    stop: async () => {
      stopped = true;
      clearInterval(again);
      subscription.unsubscribe();
      await Promise.all(busy.values());
    },
  };
}

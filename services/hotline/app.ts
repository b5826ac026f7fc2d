import { type Retention, retentionPolicy } from '#contracts/access/retention.ts';
import { rewriteTables } from '#platform/rewrite-tables.ts';
import type { ServiceDefinition } from '#platform/service.ts';
import { composeDueTimes } from '../clocks/compose-due-times.ts';
import { currentStates } from '../clocks/with-due-times.ts';
import { keepRetention } from '../district/keep-retention.ts';
import { composeEntityService } from '../lifecycle/compose.ts';
import { locatedRows, tableNames, waitingRows } from '../lifecycle/tables.ts';
import { addCarrierRoute } from './api/carrier.ts';
import { addDailyRoutes } from './api/daily.ts';
import { momentOf } from './api/moment.ts';
import { addReadRoutes } from './api/reads.ts';
import { addCallerRemovalRoute } from './api/removal.ts';
import { addWriteRoutes } from './api/writes.ts';
import { stampOf } from './calls/commands.ts';
import { duesOfCall } from './calls/dues.ts';
import { callAnswered, callAttemptEnded, callEnded, callTakenUp, callUnanswered } from './calls/events.ts';
import { callerProjection, callProjection } from './calls/projection.ts';
import { callerRetention } from './calls/remove-caller.ts';
import { callTables } from './calls/tables.ts';
import { followRounds } from './daily/follow.ts';
import { callPatients } from './daily/plan.ts';
import { roundProjection } from './daily/projection.ts';
import { hotline as declared } from './declaration.ts';
import { takeInAnswers } from './exercise/answers.ts';
import { letInventedCall } from './exercise/invented-calls.ts';
import { openExchange } from './telephony/exchange.ts';
import { type TelephonySettings, telephonyOfEnvironment } from './telephony/settings.ts';
import { webhookTelephony } from './telephony/webhook.ts';

/**
 * The service as data: what it owns, what it follows, which routes it answers.
 *
 * @param carrier who rings telephones outside of exercises; left out: that of the environment, if there is one
 */
export function hotline(
  carrier: TelephonySettings | undefined = telephonyOfEnvironment(process.env),
  retention: readonly Retention[] = retentionPolicy,
): ServiceDefinition {
  return {
    name: 'hotline',
    schema: 'hotline',
    migrations: new URL('./migrations/', import.meta.url),
    access: declared.access,
    compose: (parts) => {
      const momentNow = (district: string) => momentOf(parts.database, district, undefined, parts.now());
      const composed = composeEntityService(parts, {
        name: 'hotline',
        tables: tableNames(callTables),
        located: [locatedRows(callTables)],
        waiting: waitingRows(callTables),
        events: callTables.events,
        projection: callProjection,
        momentNow,
        // It has no figures.
        figuresAt: async () => [],
        addRoutes: (app, commandParts) => {
          addReadRoutes(app, parts);
          addCallerRemovalRoute(app, commandParts);
          addWriteRoutes(app, commandParts);
          addDailyRoutes(app, commandParts);
          addCarrierRoute(app, commandParts, carrier);
        },
      });
      const rewriting = rewriteTables(parts.database.options.connectionString!, ['hotline.callers'], parts.log);
      return composeDueTimes(
        parts,
        {
          ...composed,
          projections: [...composed.projections, callerProjection(rewriting.needed), roundProjection],
          build: async (app, followed) => {
            const built = await composed.build(app, followed);
            const rounds = followRounds({ ...parts, projection: followed[0]! }, [
              callPatients,
              letInventedCall,
              takeInAnswers,
            ]);
            const { acts = () => true } = parts;
            const keeping = keepRetention({
              ...parts,
              service: 'hotline',
              duties: [
                callerRetention({
                  ...parts,
                  stampOf: (district, by) => stampOf({ ...parts, projection: followed[0]! }, district, by),
                }),
              ],
              policy: retention,
              leads: (district) => acts(district) && followed[0]!.leads(district),
            });
            const exchange =
              carrier &&
              openExchange(
                { ...parts, projection: followed[0]! },
                {
                  telephonyOf: (district) => webhookTelephony({ ...carrier, district, now: parts.now }),
                  numberOf: (targetId) => carrier.numbers[targetId],
                  from: carrier.from,
                },
              );
            return {
              name: rounds.name,
              stop: async () => {
                await keeping.stop();
                await exchange?.stop();
                await rounds.stop();
                await built?.stop();
                await rewriting.stop();
              },
            };
          },
        },
        {
          service: 'hotline',
          table: 'hotline.due_times',
          heads: callTables.heads,
          key: callTables.key,
          events: [callAnswered, callAttemptEnded, callEnded, callTakenUp, callUnanswered],
          momentNow,
          duesOf: duesOfCall,
          readStates: currentStates(callTables),
        },
      );
    },
  };
}

export default () => hotline();

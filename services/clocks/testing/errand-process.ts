import { Appender } from '#platform/append.ts';
import { openDatabase } from '#platform/database.ts';
import { openLeadership } from '#platform/leadership.ts';
import { createLog } from '#platform/log.ts';
import { followDistricts } from '#platform/projections.ts';
import { followDueTimes } from '../follow-due.ts';
import { withDueTimes } from '../with-due-times.ts';
import { brokerAt, errandOwner, errandProjection } from './errands.ts';

/** One copy of the service of errands, to be killed: `errand-process.ts DATABASE_URL NATS_URL`. */
const [, , databaseUrl = '', natsUrl = ''] = process.argv;
const broker = await brokerAt(natsUrl);
const database = openDatabase(databaseUrl);
const log = createLog('errands', 'silent');
const owner = errandOwner(() => new Date());
const leadership = openLeadership(databaseUrl, log);
const followed = await followDistricts(withDueTimes(errandProjection, owner), { database, broker, log, leadership });
const appender = new Appender(broker);
followDueTimes({ database, broker, appender, log }, followed, owner);
process.send?.('ready');
process.on('disconnect', () => process.exit(0));

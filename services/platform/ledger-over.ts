import { randomUUID } from 'node:crypto';
import type { Ledger } from './audit.ts';
import { callerHeader, sealCaller } from './sealed-caller.ts';

const notePath = '/api/identity/audit';

/**
 * The ledger behind the service that keeps it, by HTTP.
 *
 * @param base address of that service; undefined: there is none, and nothing can be noted @param secret of this start @param as who asks, as the front door seals it
 */
export const ledgerOver =
  (base: string | undefined, secret: string, as: string): Ledger =>
  async (entries) => {
    if (base === undefined) throw new Error('the service of the ledger is not part of this start');
    const requestId = randomUUID();
    const request = { method: 'POST', address: notePath, requestId };
    const answer = await fetch(`${base}${notePath}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        [callerHeader]: sealCaller(secret, as, request, Date.now()),
      },
      body: JSON.stringify({ entries }),
      signal: AbortSignal.timeout(5000),
    });
    if (!answer.ok) throw new Error(`${answer.status} from the service of the ledger`);
  };

import { startService } from '#platform/service.ts';
import { ml } from './app.ts';

await startService(ml());

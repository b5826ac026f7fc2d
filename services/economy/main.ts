import { startService } from '#platform/service.ts';
import { economy } from './app.ts';

await startService(economy());

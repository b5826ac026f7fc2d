import { startService } from '#platform/service.ts';
import { urbanOrder } from './app.ts';

await startService(urbanOrder());

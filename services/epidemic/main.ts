import { startService } from '#platform/service.ts';
import { epidemic } from './app.ts';

await startService(epidemic());

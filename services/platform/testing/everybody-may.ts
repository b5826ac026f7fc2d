// Before each file of tests: what a service does is tested without people. Who may do it is tested where a test brings a permission of its own.
import { permitOfTests } from '../app.ts';
import { everybodyMay } from '../permission.ts';

permitOfTests(everybodyMay);

// Before each file of the unit tests: every subsystem of the list is registered, as in every programme, whichever file a worker runs first.
import './services.ts';
import './platform/testing/everybody-may.ts';

import { EmbeddedReadStore } from './embedded/embedded-read-store.js';
import { describeRuns } from './projection-run.contract.js';

describeRuns('memory', async () => {
  const store = new EmbeddedReadStore();
  return [store, store, store];
}, 2_000);

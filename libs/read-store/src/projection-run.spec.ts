import { SharedReadStore } from './leases.testing.js';
import { describeRuns } from './projection-run.contract.js';

describeRuns(
  'memory',
  async () => {
    const store = new SharedReadStore();
    return [store, store, store];
  },
  1_000,
);

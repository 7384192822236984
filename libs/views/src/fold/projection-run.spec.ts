import { SharedViewStore } from '#view-store/leases.testing';
import { describeRuns } from './projection-run.contract.js';

describeRuns(
  'memory',
  async () => {
    const store = new SharedViewStore();
    return [store, store, store];
  },
  1_000,
);

import { SharedReadStore } from '../leases.testing.js';
import { describeLeases, describeReadStore } from '../read-store.contract.js';
import { EmbeddedReadStore } from './embedded-read-store.js';

describeReadStore('memory', async () => new EmbeddedReadStore());
describeLeases('memory, as specs share it', async () => new SharedReadStore());

import { SharedViewStore } from '../leases.testing.js';
import { describeLeases, describeViewStore } from '../view-store.contract.js';
import { EmbeddedViewStore } from './embedded-view-store.js';

describeViewStore('memory', async () => new EmbeddedViewStore());
describeLeases('memory, as specs share it', async () => new SharedViewStore());

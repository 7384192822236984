import { describeReadStore } from '../read-store.contract.js';
import { EmbeddedReadStore } from './embedded-read-store.js';

describeReadStore('memory', async () => new EmbeddedReadStore());

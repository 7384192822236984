import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SharedViewStore } from '../leases.testing.js';
import { describeLeases, describeViewStore } from '../view-store.contract.js';
import { EmbeddedViewStore } from './embedded-view-store.js';

describeViewStore('SQLite in memory', async () => new EmbeddedViewStore());
describeViewStore('an SQLite file', async () => new EmbeddedViewStore({ path: join(mkdtempSync(join(tmpdir(), 'views-')), 'views.db') }));
describeLeases('memory, as specs share it', async () => new SharedViewStore());

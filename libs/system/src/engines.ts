import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KeyStore } from '#keys/key-store';
import { bindKeys } from '#keys/log-keys';
import { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { KeptViews } from '#view-store/embedded/kept-views';
import type { PrefixScans } from '#views/past/prefix-scans';
import type { ViewStore } from '#view-store/view-store';
import { categories, categoriesOf, eventDefinitions } from './contexts.js';
import { DataFolder } from './data-folder.js';
import type { Watched } from './engine-watch.js';
import { openLogAt, type LogAddress } from './log-address.js';
import { openKeys } from './open-keys.js';
import { scanThread } from './scan-thread.js';
import type { Settings } from './settings.js';
import { usable } from './usable.js';

/** What the engines tell of themselves. */
type Tell = (message: string, details: object) => void;

/** Where events, rows and keys are kept, opened: in the data folder, or on the servers that the settings name. */
export class Engines {
  private constructor(
    readonly folder: DataFolder,
    readonly keys: KeyStore,
    readonly log: EventLog,
    readonly address: LogAddress,
    readonly codec: Codec,
    readonly store: ViewStore,
    readonly scans: PrefixScans,
    /** Where views are embedded. */
    readonly kept: KeptViews | undefined,
    private readonly opened: readonly { close(): unknown }[],
  ) {}

  /** @throws CannotStart, and what the engines fail with */
  static async open(settings: Settings, tell: Tell): Promise<Engines> {
    const { logUrl, viewsUrl, engineTimeoutSeconds } = settings;
    const timeoutMs = engineTimeoutSeconds * 1_000;
    const folder = new DataFolder(settings.dataFolder);
    const opened: { close(): unknown }[] = [];
    try {
      // Nothing of a folder lasts whose log and views are on servers: processes may share it.
      if (logUrl && viewsUrl) folder.checkWritable();
      else folder.take();
      if (!logUrl) folder.checkComplete();
      const masterKey = settings.masterKey ?? (await folder.developmentMasterKey());
      const keys = await KeyStore.open(await openKeys(settings.keysUrl ?? folder.keys, { timeoutMs }), masterKey);
      opened.push(keys);
      const address: LogAddress = logUrl ? { url: logUrl, index: join(folder.path, 'log-index.db'), timeoutMs } : { file: folder.log };
      const log = await usable('EVENTSTORE_URL', () => openLogAt(address, { report: tell, categories, categoriesOf }));
      opened.push(log);
      await bindKeys(log, await keys.fingerprint());
      const { store, kept } = viewsUrl
        ? { store: await usable('MONGODB_URL', () => viewsAt(viewsUrl, timeoutMs)), kept: undefined }
        : embeddedViews(folder, log, tell);
      opened.push(store);
      return new Engines(folder, keys, log, address, new Codec(eventDefinitions, keys), store, scanThread(address, settings), kept, opened);
    } catch (error) {
      await closeAll(opened, folder);
      throw error;
    }
  }

  /** Each of them, to be asked whether it can be reached. */
  get watched(): readonly Watched[] {
    return [
      { name: 'log', probe: () => this.log.probe() },
      { name: 'views', probe: () => this.store.probe() },
      { name: 'keys', probe: () => this.keys.probe() },
    ];
  }

  close(): Promise<void> {
    return closeAll(this.opened, this.folder);
  }
}

/** Side by side, for one that is down takes its time; others may have the folder after that. */
async function closeAll(opened: readonly { close(): unknown }[], folder: DataFolder): Promise<void> {
  await Promise.all(opened.map((part) => part.close()));
  folder.release();
}

async function viewsAt(url: string, timeoutMs: number): Promise<ViewStore> {
  const { MongoDbViewStore } = await import('#view-store/mongodb/mongodb-view-store');
  return MongoDbViewStore.open({ url, timeoutMs });
}

function embeddedViews({ views: file, path }: DataFolder, log: EventLog, report: Tell): { store: ViewStore; kept: KeptViews } {
  const before = join(path, 'snapshots');
  if (existsSync(before)) {
    rmSync(before, { recursive: true });
    report('the snapshots of an earlier version are removed: the views are made from the log anew', { folder: before });
  }
  const store = new EmbeddedViewStore({ path: file, report });
  return { store, kept: new KeptViews({ file, store, log, report }) };
}

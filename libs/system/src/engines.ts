import { KeyStore } from '#access/key-store';
import { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { EmbeddedReadStore } from '#read-store/embedded/embedded-read-store';
import { Snapshots } from '#read-store/embedded/snapshots';
import type { PrefixScans } from '#read-store/prefix-scans';
import type { ReadStore } from '#read-store/read-store';
import { eventDefinitions } from './contexts.js';
import { DataFolder } from './data-folder.js';
import type { Watched } from './engine-watch.js';
import { scanThread } from './scan-thread.js';
import type { Settings } from './settings.js';

/** What the engines tell of themselves. */
type Tell = (message: string, details: object) => void;

/** Where events, rows and keys are kept, opened: in the data folder, or on the servers that the settings name. */
export class Engines {
  private constructor(
    readonly folder: DataFolder,
    readonly keys: KeyStore,
    readonly log: EventLog,
    readonly codec: Codec,
    readonly store: ReadStore,
    readonly scans: PrefixScans,
    /** Of embedded views. */
    readonly snapshots: Snapshots | undefined,
    private readonly opened: readonly { close(): unknown }[],
  ) {}

  /** @throws CannotStart, Failed */
  static async open(settings: Settings, tell: Tell): Promise<Engines> {
    const folder = new DataFolder(settings.dataFolder);
    const opened: { close(): unknown }[] = [];
    try {
      folder.take();
      opened.unshift({ close: () => folder.release() });
      folder.checkComplete();
      const keys = KeyStore.open(folder.keys, masterKeyOf(settings, folder, tell));
      opened.unshift(keys);
      const log = SqliteEventLog.open(folder.log);
      opened.unshift(log);
      const store = new EmbeddedReadStore();
      opened.unshift(store);
      const snapshots = new Snapshots({ folder: folder.snapshots, store, log, onTrouble: tell });
      return new Engines(folder, keys, log, new Codec(eventDefinitions, keys), store, scanThread(folder.log, settings), snapshots, opened);
    } catch (error) {
      await closeAll(opened);
      throw error;
    }
  }

  /** Each of them, to be asked whether it can be reached. */
  get watched(): readonly Watched[] {
    return [
      { name: 'log', probe: () => this.log.probe() },
      { name: 'views', probe: () => this.store.probe() },
    ];
  }

  close(): Promise<void> {
    return closeAll(this.opened);
  }
}

async function closeAll(opened: readonly { close(): unknown }[]): Promise<void> {
  for (const part of opened) await part.close();
}

function masterKeyOf({ masterKey }: Settings, folder: DataFolder, tell: Tell): Buffer {
  if (masterKey) return masterKey;
  tell('DIGITUKI_MASTER_KEY is not set: personal data is encrypted under a development key that lies beside it in the data folder.', {});
  return folder.developmentMasterKey();
}

import { ThreadCalls } from '#engines/thread-calls';
import { startedWorker, threadOf } from '#engines/worker-thread';
import type { Instant } from '#kernel/helsinki-time';
import { Failed } from '#kernel/refused';
import type { Content } from './content.js';
import { failDocuments } from './documents.failures.js';
import type { Standard } from './pdf-renderer.js';

/** What is to be rendered, and how. */
export interface Rendering {
  readonly content: Content;
  readonly layout: number;
  readonly at: Instant;
  readonly standard: Standard;
}

/** What the thread answers. */
export type PdfCalls = {
  readonly render: (rendering: Rendering) => Promise<Uint8Array>;
};

/** Renders in a thread of its own, which starts with the first document: whoever asks for something else waits for nothing. */
export class PdfThread {
  private readonly calls = new ThreadCalls<PdfCalls>(
    () => threadOf(startedWorker(import.meta.url, './pdf-worker.js')),
    (reason) => notMade(new Error(reason)),
  );

  /** @throws Failed `document-not-made` where it cannot be rendered */
  async render(rendering: Rendering): Promise<Buffer> {
    try {
      return Buffer.from(await this.calls.call('render', rendering));
    } catch (error) {
      throw error instanceof Failed ? error : notMade(error);
    }
  }

  stop(): Promise<void> {
    return this.calls.close();
  }
}

function notMade(cause: unknown): Failed {
  return failDocuments('document-not-made', {}, { cause });
}

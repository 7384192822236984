import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Instant } from '#kernel/helsinki-time';
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

export interface Asked {
  readonly id: number;
  readonly rendering: Rendering;
}

export type Answered = { readonly id: number; readonly pdf: Uint8Array } | { readonly id: number; readonly reason: string };

interface Waiting {
  readonly resolve: (pdf: Buffer) => void;
  readonly reject: (error: Error) => void;
}

/** Where this file was compiled to, for when it runs from its source. */
const built = new URL('../../../dist/libs/documents/src/pdf-worker.js', import.meta.url);

/** Renders in a thread of its own, which starts with the first document: whoever asks for something else waits for nothing. */
export class PdfThread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;

  /** @throws Failed `document-not-made` where it cannot be rendered */
  render(rendering: Rendering): Promise<Buffer> {
    this.worker ??= this.started();
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker?.postMessage({ id, rendering } satisfies Asked);
    });
  }

  async stop(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
    this.ended('the server stops');
  }

  private started(): Worker {
    const beside = new URL('./pdf-worker.js', import.meta.url);
    const worker = new Worker(existsSync(fileURLToPath(beside)) ? beside : built);
    worker.unref();
    worker.on('message', (answer: Answered) => {
      const waiting = this.waiting.get(answer.id);
      this.waiting.delete(answer.id);
      if ('pdf' in answer) waiting?.resolve(Buffer.from(answer.pdf));
      else waiting?.reject(failDocuments('document-not-made', {}, { cause: new Error(answer.reason) }));
    });
    // The next document starts another one.
    worker.on('error', (error) => {
      this.worker = undefined;
      this.ended(String(error));
    });
    return worker;
  }

  private ended(reason: string): void {
    for (const { reject } of this.waiting.values()) reject(failDocuments('document-not-made', {}, { cause: new Error(reason) }));
    this.waiting.clear();
  }
}

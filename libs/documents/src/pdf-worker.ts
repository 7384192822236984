import { parentPort } from 'node:worker_threads';
import { serveCalls, type Port } from '#engines/thread-calls';
import { PdfRenderer } from './pdf-renderer.js';
import type { PdfCalls } from './pdf-thread.js';

const renderer = new PdfRenderer();
const calls: PdfCalls = {
  render: async ({ content, layout, at, standard }) => renderer.render(content, layout, at, standard),
};

serveCalls(parentPort as Port, async () => calls);

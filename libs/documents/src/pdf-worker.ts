import { parentPort, type MessagePort } from 'node:worker_threads';
import { PdfRenderer } from './pdf-renderer.js';
import type { Answered, Asked } from './pdf-thread.js';

const port = parentPort as MessagePort;
const renderer = new PdfRenderer();

port.on('message', ({ id, rendering: { content, layout, at, standard } }: Asked) => {
  let answer: Answered;
  try {
    answer = { id, pdf: renderer.render(content, layout, at, standard) };
  } catch (error) {
    answer = { id, reason: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(answer);
});

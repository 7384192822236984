import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerBeside } from './worker-thread.js';

const isLinux = process.platform === 'linux';

describe('a thread in the background', () => {
  it('takes the processor after the thread that answers, where threads have a priority of their own', async () => {
    const before = getPriority();
    const background = JSON.stringify(workerBeside(import.meta.url, './background.js').href);
    const code = `import { getPriority } from 'node:os';
      import { readlinkSync } from 'node:fs';
      import { parentPort } from 'node:worker_threads';
      import { goesAfterOthers } from ${background};
      goesAfterOthers();
      const thread = ${isLinux} ? Number(readlinkSync('/proc/thread-self').split('/').at(-1)) : 0;
      parentPort.postMessage(getPriority(thread));`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    const [inBackground] = (await once(worker, 'message')) as [number];
    expect(inBackground > before).toBe(isLinux);
    expect(getPriority()).toBe(before);
  });
});

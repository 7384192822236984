import { afterEach, expect, it, jest } from '@jest/globals';
import { output } from '../../api/src/process.testing.js';
import type { Cluster } from './cluster.testing.js';
import { withCluster } from './with-cluster.testing.js';

jest.setTimeout(300_000);

withCluster('the tools beside a cluster', (prepare) => {
  let cluster: Cluster;
  afterEach(() => cluster[Symbol.asyncDispose]());

  it('take no share of the work from those who act on it, and make views anew all the same', async () => {
    cluster = await prepare();
    await Promise.all([cluster.log.start(), cluster.views.start()]);
    const projections = async (...args: string[]) =>
      (await output('apps/cli/src/main.js', ['projections', ...args], cluster.environment)).out;
    expect(await projections('status')).toMatch(/calls +v\d+ +catching-up/);
    expect(await projections('rebuild', 'calls')).toMatch(/calls +v\d+ +unattended/);
    const status = await projections('status');
    expect(status).toMatch(/calls +v\d+ +unattended/);
    expect(status).toMatch(/plans +v\d+ +catching-up/);
  });
});

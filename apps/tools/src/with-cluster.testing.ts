import { describe, it } from '@jest/globals';
import { Cluster } from './cluster.testing.js';

/** Specs of processes with servers between them that can be killed. Without those they are left to `npm run test:engines`. */
export function withCluster(title: string, specs: (prepare: (environment?: Record<string, string>) => Promise<Cluster>) => void): void {
  const python = process.env['SECANTUS_PYTHON'];
  describe(title, () => {
    if (python === undefined) it.todo('needs servers that can be killed, which npm run test:engines brings');
    else specs((environment) => Cluster.prepare(python, environment));
  });
}

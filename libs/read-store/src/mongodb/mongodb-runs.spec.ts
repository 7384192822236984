import { afterAll, jest } from '@jest/globals';
import { describeRuns } from '../projection-run.contract.js';
import { MongoDbReadStore } from './mongodb-read-store.js';
import { withMongoDb } from './mongodb.testing.js';

jest.setTimeout(120_000);

withMongoDb('runs of one projection on MongoDB', (server) => {
  describeRuns(
    'MongoDB',
    async () => {
      const url = server.database();
      const process = () => MongoDbReadStore.open({ url });
      return [await process(), await process(), await process()];
    },
    40,
  );
  afterAll(() => server.remove());
});

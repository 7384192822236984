import { afterAll, jest } from '@jest/globals';
import { describeRuns } from './projection-run.contract.js';
import { MongoDbViewStore } from '#view-store/mongodb/mongodb-view-store';
import { withMongoDb } from '#engines/mongodb.testing';

jest.setTimeout(120_000);

withMongoDb('runs of one projection on MongoDB', (server) => {
  describeRuns(
    'MongoDB',
    async () => {
      const url = server.database();
      const process = () => MongoDbViewStore.open({ url });
      return [await process(), await process(), await process()];
    },
    40,
  );
  afterAll(() => server.remove());
});

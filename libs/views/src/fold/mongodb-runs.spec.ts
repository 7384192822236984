import { afterAll, jest } from '@jest/globals';
import { describeRuns } from './projection-run.contract.js';
import { MongoDbViewStore } from '#view-store/mongodb/mongodb-view-store';
import { withMongoDb } from '#engines/mongodb.testing';

jest.setTimeout(300_000);

withMongoDb('runs of one projection on MongoDB', (server) => {
  describeRuns(
    'MongoDB',
    async () => {
      const url = server.database();
      const serverStore = () => MongoDbViewStore.open({ url });
      return [await serverStore(), await serverStore(), await serverStore()];
    },
    40,
  );
  afterAll(() => server.remove());
});

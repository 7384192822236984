import { describe, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';

/** The specs of what needs a MongoDB server: the one that MONGODB_URL names. Without it they are left to `npm run test:engines`. */
export function withMongoDb(title: string, specs: (server: MongoDbTestServer) => void): void {
  const url = process.env['MONGODB_URL'];
  if (url === undefined) describe(title, () => it.todo('needs a server, which npm run test:engines brings'));
  else specs(new MongoDbTestServer(url));
}

/** Databases of their own for specs, which are removed afterwards. */
export class MongoDbTestServer {
  private readonly made: string[] = [];

  constructor(private readonly url: string) {}

  /** The connection string of a new database. */
  database(): string {
    const name = `digituki-spec-${randomUUID()}`;
    this.made.push(name);
    return this.urlOf(name);
  }

  urlOf(database: string): string {
    const [, server, query] = /^([^/]*\/\/[^/?]+)[^?]*(\?.*)?$/.exec(this.url) ?? [];
    return `${server}/${database}${query ?? ''}`;
  }

  /** A client beside the adapter's, to see and to spoil what it has stored. */
  async inside<Result>(url: string, work: (client: MongoClient) => Promise<Result>): Promise<Result> {
    const client = await MongoClient.connect(url);
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }

  async remove(): Promise<void> {
    await this.inside(this.url, async (client) => {
      for (const name of this.made.splice(0)) await client.db(name).dropDatabase();
    });
  }
}

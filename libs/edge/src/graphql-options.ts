import { AbstractGraphQLDriver, type GqlModuleOptions } from '@nestjs/graphql';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { graphqlRoutes, type Answering } from './graphql-server.js';
import { takeRegionsAsWritten, transformedSchema } from './transformed-schema.js';

const path = '/graphql';

interface EdgeOptions extends GqlModuleOptions {
  readonly answering: Answering;
}

/** How Nest serves the schema that it makes of the resolvers: by our own routes. */
class EdgeDriver extends AbstractGraphQLDriver<EdgeOptions> {
  async start({ schema, answering }: EdgeOptions): Promise<void> {
    takeRegionsAsWritten(schema as GraphQLSchema);
    graphqlRoutes(this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>(), path, schema as GraphQLSchema, answering);
  }

  async stop(): Promise<void> {
    // The routes end with the server.
  }
}

/** How the GraphQL module is set up. */
export function graphqlOptions(answering: Answering): EdgeOptions {
  return {
    driver: EdgeDriver,
    answering,
    autoSchemaFile: true,
    // Nest's check is an introspection of the whole schema, a sixth of a start. Specs ask for one, and the first request has the schema validated.
    buildSchemaOptions: { skipCheck: true },
    sortSchema: true,
    transformSchema: transformedSchema,
    path,
  };
}

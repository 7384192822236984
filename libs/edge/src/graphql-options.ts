import { Inject } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { AbstractGraphQLDriver, GraphQLSchemaFactory, type GqlModuleOptions } from '@nestjs/graphql';
import type { FastifyInstance } from 'fastify';
import { isObjectType, lexicographicSortSchema, type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { graphqlRoutes, type Answering } from './graphql-server.js';
import { takeRegionsAsWritten, transformedSchema } from './transformed-schema.js';

const path = '/graphql';

interface EdgeOptions extends GqlModuleOptions {
  readonly answering: Answering;
}

/** What Nest makes of the methods of the resolvers, by type and field; of a subscription an object of two. */
type Resolvers = Readonly<Record<string, Readonly<Record<string, GraphQLFieldResolver<unknown, unknown> | Subscribing>>>>;
type Subscribing = Pick<GraphQLField<unknown, unknown>, 'resolve' | 'subscribe'>;

/** How Nest serves the schema that is made of the resolvers: by our own routes. */
class EdgeDriver extends AbstractGraphQLDriver<EdgeOptions> {
  @Inject()
  private readonly schemas!: GraphQLSchemaFactory;
  @Inject()
  private readonly modules!: ModulesContainer;

  /**
   * Nest itself prints the schema that it has built, parses the text and builds another from that, to which it gives the
   * resolvers, and keeps the parsed text: a tenth of a start, and 20 MB. Here the first schema gets them.
   */
  override async generateSchema({ buildSchemaOptions = {} }: EdgeOptions): Promise<GraphQLSchema> {
    const resolvers: Resolvers[] = [];
    const transformResolvers = (found: unknown) => (resolvers.push(...([found].flat() as Resolvers[])), []);
    await super.generateSchema({ transformResolvers } as Partial<EdgeOptions> as EdgeOptions);
    const providers = [...this.modules.values()].flatMap((module) => [...module.providers.values()]);
    const classes = providers.flatMap(({ metatype }) => (metatype instanceof Function ? [metatype] : []));
    const schema = await this.schemas.create(classes, buildSchemaOptions);
    for (const found of resolvers) resolve(schema, found);
    return lexicographicSortSchema(transformedSchema(schema));
  }

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
    // Nest's check is an introspection of the whole schema, a sixth of a start. Specs ask for one, and the first request has the schema validated.
    buildSchemaOptions: { skipCheck: true },
    path,
  };
}

function resolve(schema: GraphQLSchema, resolvers: Resolvers): void {
  for (const [typeName, methods] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new TypeError(`resolvers are of ${typeName}, which is no type of objects`);
    const fields = new Map(Object.entries(type.getFields()));
    for (const [name, method] of Object.entries(methods)) {
      const field = fields.get(name);
      if (!field) throw new TypeError(`${typeName} has no field ${name}`);
      Object.assign(field, typeof method === 'function' ? { resolve: method } : method);
    }
  }
}

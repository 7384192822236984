/** The house as the tools hold it: the libraries by layer, and the files of a context by role. ESLint and dependency-cruiser read it as it stands. */

/** The plumbing's libraries by layer, the lowest first. A library imports layers below its own, and no other library of its own layer. */
export const plumbingLayers: readonly (readonly string[])[] = [
  ['kernel'],
  ['engines', 'access', 'telemetry'],
  ['event-store'],
  ['keys', 'view-store', 'documents'],
  ['views'],
  ['processes', 'subscriptions'],
  ['edge'],
];
export const contextLayers: readonly (readonly string[])[] = [
  ['organisations', 'ethics', 'terms'],
  ['network'],
  ['services', 'guidance'],
  ['insight', 'evaluation', 'training'],
  ['notifications'],
  ['calls'],
  ['plans'],
  ['applications'],
  ['decisions'],
  ['grants'],
  ['payments'],
  ['follow-up', 'oversight'],
];
export const assemblyLayers: readonly (readonly string[])[] = [['public-record', 'audit', 'trail'], ['controls'], ['system']];

/** What the files of one suffix hold, and what they import beside the kernel. */
export interface Role {
  readonly holds: string;
  /** Reads no clock, no chance and nothing outside; it imports pure files only, and no package but TypeBox. */
  readonly isPure: boolean;
  readonly imports: readonly string[];
  /** What it imports as types only. */
  readonly importsTypes: readonly string[];
}

const pure = (holds: string, imports: readonly string[], importsTypes: readonly string[] = []): Role => ({
  holds,
  isPure: true,
  imports,
  importsTypes,
});
const impure = (holds: string, imports: readonly string[], importsTypes: readonly string[] = []): Role => ({
  ...pure(holds, imports, importsTypes),
  isPure: false,
});

/** The roles of files by their suffix, as a command's way and then an event's way meets them. */
export const roles: ReadonlyMap<string, Role> = new Map([
  ['commands', impure('what can be asked for: a class for each command', ['events', 'terms', 'commands', 'types'])],
  ['decider', pure('what happens when a command meets the state', ['events', 'facts', 'rules', 'refusals', 'decider'], ['commands'])],
  ['rules', pure('what deciders, views and answers compute by', ['events', 'facts', 'rules', 'refusals', 'terms'], ['commands'])],
  ['facts', pure('what decisions need of a stream', ['events', 'facts'], ['commands'])],
  ['events', pure('what happened, stored for ever', ['events'])],
  ['refusals', pure('why not, in three languages', ['events', 'terms'])],
  ['failures', pure('what could not be done now, in three languages', ['terms'])],
  ['terms', pure('what codes are called, in three languages', ['events'])],
  ['texts', pure('what is written to people, in three languages', ['events', 'terms'])],
  ['document', pure('what documents say of what happened', ['events', 'facts', 'texts'])],
  ['audience', pure('who sees the events of a stream', ['events', 'facts', 'decider'], ['projection'])],
  ['projection', pure('events folded into rows', ['events', 'facts', 'rules'])],
  ['process', pure('what events make due, and by which command', ['events', 'facts', 'rules'], ['commands'])],
  ['control', pure('a question that auditors put to the whole log', ['events'])],
  ['answer', pure('what a row says to its reader', ['events', 'facts', 'rules'], ['projection', 'types'])],
  ['types', impure('GraphQL’s types', ['events', 'facts', 'rules', 'terms', 'projection', 'audience', 'commands', 'types'])],
  [
    'resolver',
    impure('GraphQL’s questions', ['events', 'facts', 'rules', 'answer', 'audience', 'projection', 'commands', 'types', 'resolver']),
  ],
  ['service', impure('what acts outside on what rows say', ['events', 'facts', 'rules', 'texts', 'projection'], ['commands'])],
  [
    'context',
    pure('what the context decides, folds and makes due: every thread may load it', [
      ...['decider', 'refusals', 'failures', 'audience', 'projection', 'process', 'document', 'answer'],
    ]),
  ],
  [
    'edge',
    impure('what of the context only the programs load: its commands, services and resolvers', [
      ...['commands', 'decider', 'service', 'resolver', 'context'],
    ]),
  ],
]);

/** Files about others: specs, what specs share, and the specs that each adapter of a port passes. */
export const specRoles: readonly string[] = ['spec', 'testing', 'contract'];

/** What a spec may name beside a role: the properties that hold whatever happens. */
export const specSubjects: readonly string[] = [...roles.keys(), 'properties'];

/** Files of the plumbing that are pure as a whole, beside the kernel. */
export const pureFiles: readonly string[] = [
  'libs/access/src/audience.ts',
  'libs/access/src/policy.ts',
  'libs/controls/src/call-terms.ts',
  'libs/controls/src/question.ts',
  ...['content', 'document-source', 'formats', 'html-page', 'layouts'].map((file) => `libs/documents/src/${file}.ts`),
];

/** What pure files import of the plumbing as types only. */
export const portsForPureFiles: readonly string[] = [
  'libs/view-store/src/view-store.ts',
  'libs/engines/src/bank-port.ts',
  'libs/edge/src/context.ts',
];

/** What background threads load nothing of: packages of the edge, which take most of the memory of a program. */
export const edgePackages: readonly string[] = [
  '@nestjs/[^/]+',
  'graphql[^/]*',
  'class-validator',
  'class-transformer',
  'reflect-metadata',
  'fastify',
];

/** Packages that only compute, beside TypeBox, and who imports them. */
export const purePackages: ReadonlyMap<string, string> = new Map([
  ['diff', 'rules'],
  ['saxes', 'rules'],
]);

/** The libraries by layer, the lowest first. A library imports layers below its own, and no other library of its own layer. */
const plumbingLayers = [
  ['kernel'],
  ['engines', 'access', 'telemetry'],
  ['event-store'],
  ['keys', 'view-store'],
  ['views'],
  ['processes', 'subscriptions'],
  ['edge'],
];
const contextLayers = [['organisations', 'guidance', 'terms'], ['notifications'], ['calls'], ['plans'], ['applications'], ['decisions'], ['grants']];
const assemblyLayers = [['public-record'], ['system']];

const libraries = (...names) => `^libs/(?:${names.join('|')})/`;
const layers = [...plumbingLayers, ...contextLayers, ...assemblyLayers];
const kernel = libraries('kernel');
const plumbing = libraries(...plumbingLayers.flat());
const assembly = libraries(...assemblyLayers.flat());
/** Every other library is a context. */
const context = `^(?!${plumbing}|${assembly})libs/([^/]+)/`;
const pure = '^libs/.*\\.(?:events|facts|rules|decider|projection|process)\\.ts$';
const specs = '\\.(?:spec|contract|testing)\\.ts$';
const developerTools = '^apps/(?:bench|tools)/';
const typebox = '^node_modules/typebox/';

const rules = [
  {
    name: 'resolvable',
    comment: 'Every import leads to a file or to an installed package.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-cycles',
    comment: 'No file needs itself, not even for a type.',
    from: {},
    to: { circular: true },
  },
  ...layers.flatMap((layer, index) =>
    layer.map((library) => ({
      name: `layers-${library}`,
      comment: 'Arrows between libraries point down.',
      from: { path: libraries(library) },
      to: { path: '^libs/', pathNot: libraries(library, ...layers.slice(0, index).flat()) },
    })),
  ),
  {
    name: 'layers-known',
    comment: 'Every library has its layer in this file.',
    from: { path: '^libs/', pathNot: libraries(...layers.flat()) },
    to: {},
  },
  {
    name: 'no-index',
    comment: 'An import names the file that it means.',
    from: { path: '^(?:apps|libs)/.+/index\\.ts$' },
    to: {},
  },
  {
    name: 'context-vocabulary',
    comment: 'A context imports the events, facts and types of another, and nothing else of it.',
    from: { path: context },
    to: { path: context, pathNot: ['^libs/$1/', '\\.(?:events|facts|types)\\.ts$'] },
  },
  {
    name: 'contexts-below-system',
    comment: 'The system is put together of contexts; no context knows it.',
    from: { path: context },
    to: { path: assembly },
  },
  {
    name: 'contexts-listed-once',
    comment: 'Within the system only contexts.ts names the contexts.',
    from: { path: libraries('system'), pathNot: '/contexts\\.ts$' },
    to: { path: context },
  },
  {
    name: 'plumbing-knows-no-context',
    comment: 'Plumbing imports plumbing.',
    from: { path: plumbing },
    to: { path: '^libs/', pathNot: plumbing },
  },
  {
    name: 'kernel-stands-alone',
    comment: 'The kernel only computes: of packages it has TypeBox, of Node the hashes.',
    from: { path: kernel, pathNot: specs },
    to: { pathNot: [kernel, typebox, '^(?:node:)?crypto$'] },
  },
  {
    name: 'pure',
    comment: 'Pure files import the kernel, events, facts, rules and refusals, the parts of their decider, and commands as types.',
    from: { path: pure, pathNot: kernel },
    to: { pathNot: [kernel, '\\.(?:events|facts|rules|refusals|decider|commands)\\.ts$', typebox] },
  },
  {
    name: 'pure-commands-as-types',
    comment: 'A command’s class carries the decorators of the edge: pure files know its type only.',
    from: { path: pure },
    to: { path: '\\.commands\\.ts$', dependencyTypesNot: ['type-only', 'type-import'] },
  },
  {
    name: 'libraries-below-apps',
    comment: 'No library imports an app.',
    from: { path: '^libs/' },
    to: { path: '^apps/' },
  },
  {
    name: 'apps-apart',
    comment:
      'No app imports another. Some files do: the tools print the schema of the API and try the whole in specs, and the demonstration plays against a real server.',
    from: { path: '^apps/([^/]+)/', pathNot: ['^apps/(?:tools/src/api-schema|demo/src/demo-server)\\.ts$', `^apps/tools/.*${specs}`] },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'specs-are-leaves',
    comment: 'What runs in production imports no spec and no help for specs.',
    from: { pathNot: specs },
    to: { path: specs },
  },
  {
    name: 'no-development-packages',
    comment: 'What runs in production imports no package that is installed for development only.',
    from: { path: '^(?:apps|libs)/', pathNot: [specs, developerTools] },
    to: { dependencyTypes: ['npm-dev'] },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: rules.map((rule) => ({ ...rule, severity: 'error' })),
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};

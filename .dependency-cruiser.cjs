const {
  assemblyLayers,
  contextLayers,
  plumbingLayers,
  portsForPureFiles,
  pureFiles,
  purePackages,
  roles,
  specRoles,
} = require('./apps/tools/src/house.ts');

const oneOf = (names) => `(?:${[...names].join('|')})`;
const libraries = (...names) => `^libs/${oneOf(names)}/`;
const exactly = (paths) => `^${oneOf(paths.map((path) => path.replaceAll('.', '\\.')))}$`;
const ofRoles = (names) => `^libs/.*\\.${oneOf(names)}\\.ts$`;

const layers = [...plumbingLayers, ...contextLayers, ...assemblyLayers];
const kernel = libraries('kernel');
const plumbing = libraries(...plumbingLayers.flat());
const assembly = libraries(...assemblyLayers.flat());
/** Every other library is a context. */
const context = `^(?!${plumbing}|${assembly})libs/([^/]+)/`;
const specs = ofRoles(specRoles).replace('libs/', '(?:apps|libs)/');
const pureRoles = [...roles].flatMap(([name, { isPure }]) => (isPure ? [name] : []));
const pure = [ofRoles(pureRoles), exactly(pureFiles)];
const asTypes = ['type-only', 'type-import'];
/** The folders of the library of views, the lowest first. */
const viewFolders = ['skip', 'lease', 'fold', 'past', 'life', 'rebuild', 'share', 'run'];
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
  ...layers.slice(0, -1).flatMap((layer, index) =>
    layer.map((library) => ({
      name: `layers-${library}`,
      comment: 'Arrows between libraries point down.',
      from: { path: libraries(library) },
      to: { path: '^libs/', pathNot: libraries(library, ...layers.slice(0, index).flat()) },
    })),
  ),
  {
    name: 'layers-known',
    comment: 'Every library has its layer in apps/tools/src/house.ts.',
    from: { path: '^libs/', pathNot: libraries(...layers.flat()) },
    to: {},
  },
  ...viewFolders.map((folder, index) => ({
    name: `view-folders-${folder}`,
    comment: 'Arrows between the folders of libs/views point down.',
    from: { path: `^libs/views/src/${folder}/`, pathNot: specs },
    to: { path: '^libs/views/src/', pathNot: `^libs/views/src/(?:${viewFolders.slice(0, index + 1).join('|')})/` },
  })),
  {
    name: 'view-life-pure',
    comment: 'A view’s life is decided without a clock, a store or a log: it knows the shapes of checkpoints only.',
    from: { path: '^libs/views/src/life/view-life\\.ts$' },
    to: { dependencyTypesNot: ['type-only', 'type-import'] },
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
    to: { path: context, pathNot: ['^libs/$1/', ofRoles(['events', 'facts', 'types'])] },
  },
  {
    name: 'contexts-below-system',
    comment: 'The system is put together of contexts; no context knows it.',
    from: { path: context },
    to: { path: assembly },
  },
  {
    name: 'contexts-listed-once',
    comment: 'Within the system only contexts.ts and edges.ts name the contexts.',
    from: { path: libraries('system'), pathNot: '/(?:contexts|edges)\\.ts$' },
    to: { path: context },
  },
  {
    name: 'plumbing-knows-no-context',
    comment: 'Plumbing imports plumbing.',
    from: { path: plumbing },
    to: { path: '^(?:apps|libs)/', pathNot: plumbing },
  },
  {
    name: 'kernel-stands-alone',
    comment: 'The kernel only computes: of packages it has TypeBox, of Node the hashes.',
    from: { path: kernel, pathNot: specs },
    to: { pathNot: [kernel, typebox, '^(?:node:)?crypto$'] },
  },
  {
    name: 'pure',
    comment: 'What pure files import is pure: the kernel, other pure files, TypeBox and packages that only compute; the rest as types.',
    from: { path: pure, pathNot: kernel },
    to: {
      pathNot: [
        kernel,
        ...pure,
        typebox,
        `^node_modules/${oneOf(purePackages.keys())}/`,
        ofRoles(['commands', 'types']),
        exactly(portsForPureFiles),
      ],
    },
  },
  {
    name: 'pure-types-only',
    comment: 'Commands and GraphQL’s types carry the decorators of the edge, ports wait for engines: pure files know their types only.',
    from: { path: pure, pathNot: kernel },
    to: { path: [ofRoles(['commands', 'types']), exactly(portsForPureFiles)], dependencyTypesNot: asTypes },
  },
  ...[...purePackages].map(([name, role]) => ({
    name: `package-${name}`,
    comment: `The package ${name} is for ${role} only.`,
    from: { path: '^libs/', pathNot: [ofRoles([role]), specs] },
    to: { path: `^node_modules/${name}/` },
  })),
  ...[...roles].flatMap(([name, { imports, importsTypes }]) => [
    {
      name: `role-${name}`,
      comment: `Of contexts, a file of the role «${name}» imports the roles that apps/tools/src/house.ts gives it.`,
      from: { path: ofRoles([name]) },
      to: { path: context, pathNot: ofRoles([...imports, ...importsTypes]) },
    },
    ...(importsTypes.length === 0
      ? []
      : [
          {
            name: `role-${name}-types`,
            comment: `Of these roles a file of the role «${name}» imports types only.`,
            from: { path: ofRoles([name]) },
            to: { path: `${context}.*\\.${oneOf(importsTypes)}\\.ts$`, dependencyTypesNot: asTypes },
          },
        ]),
  ]),
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
    from: {
      path: '^apps/([^/]+)/',
      pathNot: ['^apps/(?:tools/src/api-schema|demo/src/demo-server)\\.ts$', `^apps/tools/.*\\.${oneOf(specRoles)}\\.ts$`],
    },
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

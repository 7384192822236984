const { options } = require('./.dependency-cruiser.cjs');
const { edgePackages } = require('./apps/tools/src/house.ts');

/** What threads load: imports as types, which are gone when they run, lead nowhere here. @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'threads-without-edge',
      comment:
        'A background thread loads nothing of the edge, which takes three times the memory of all else: contexts.ts, never edges.ts.',
      severity: 'error',
      from: { path: '-worker\\.ts$' },
      to: { path: `^node_modules/(?:${edgePackages.join('|')})/`, reachable: true },
    },
  ],
  options: { ...options, tsPreCompilationDeps: false },
};

/** The directions of imports in docs/architecture.md. Each message tells a newcomer what to do instead. */

const test = String.raw`\.test\.tsx?$`
const generated = '^lib/server/db/generated/'

/** The packages that `lib/domain` may import: pure, and the same in the browser and on the server. */
const purePackages = '^node_modules/(zod|diff|approx-string-match|fast-myers-diff|uuidv7|pure-rand)/'

/** @type {import('dependency-cruiser').IConfiguration} */
const configuration = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment:
        'lib/domain contains the rules, without database, browser or framework. Pass in what you need (ids, times, rows as plain data), or move this file to lib/server or lib/client.',
      severity: 'error',
      from: { path: '^lib/domain/', pathNot: test },
      to: { path: '^(app|components|lib/(server|client|cli)|prisma|scripts|tests|bench)/' },
    },
    {
      name: 'domain-uses-few-packages',
      comment: `lib/domain may import zod and the few pure packages named in .dependency-cruiser.js. If this one needs neither Node nor the DOM, add it there; otherwise keep it out of the rules.`,
      severity: 'error',
      from: { path: '^lib/domain/', pathNot: test },
      to: {
        dependencyTypesNot: ['local', 'localmodule', 'aliased', 'aliased-tsconfig', 'type-only'],
        pathNot: ['^lib/', purePackages],
      },
    },
    {
      name: 'server-never-looks-up',
      comment:
        'lib/server is called by app and lib/cli and calls lib/domain. What it needs from a page or a component is passed in.',
      severity: 'error',
      from: { path: '^lib/server/', pathNot: test },
      to: { path: '^(app|components|lib/client|lib/cli|scripts|tests|bench)/' },
    },
    {
      name: 'client-below-components',
      comment:
        'lib/client is the browser’s side of the API: no components, no pages, and never server code, which would end up in the browser.',
      severity: 'error',
      from: { path: '^lib/client/', pathNot: test },
      to: { path: '^(app|components|lib/server|lib/cli|prisma|scripts|tests|bench)/' },
    },
    {
      name: 'components-never-touch-server',
      comment:
        'A component takes props and gives callbacks. Load data in the page (app/) with a loader and pass it down, or ask the API through lib/client.',
      severity: 'error',
      from: { path: '^components/', pathNot: test },
      to: { path: '^(app|lib/server|lib/cli|prisma|scripts|tests|bench)/' },
    },
    {
      name: 'ui-is-generic',
      comment:
        'components/ui could be part of another product: it has no sources, documents or ratings. Put components that do into the folder of their noun.',
      severity: 'error',
      from: { path: '^components/ui/', pathNot: test },
      to: { path: ['^components/(?!ui/)', '^lib/'] },
    },
    {
      name: 'pages-read-through-loaders',
      comment:
        'A page reads through loaders.ts of its noun, which owns the gate. data.ts demands a permit and belongs to loaders, routes and mutations.',
      severity: 'error',
      from: { path: String.raw`^app/.*\.tsx$`, pathNot: test },
      to: { path: String.raw`^lib/server/[^/]+/(data|mutations|present)\.ts$` },
    },
    {
      name: 'api-never-uses-loaders',
      comment:
        'loaders.ts is for pages: it reads the session’s cookie and redirects. A route takes its actor from the request and calls data.ts or mutations.ts.',
      severity: 'error',
      from: { path: String.raw`^lib/server/.*(routes|operation|api|app)\.ts$` },
      to: { path: String.raw`/loaders\.ts$` },
    },
    {
      name: 'prisma-only-in-server',
      comment: 'Database rows must not leave present.ts. Outside lib/server, use the shapes of lib/domain.',
      severity: 'error',
      from: { path: '^(app|components|lib/(domain|client))/', pathNot: test },
      to: { path: [generated, '^node_modules/(@prisma|\\.prisma|better-sqlite3|pg)/'] },
    },
    {
      name: 'cli-looks-down',
      comment:
        'lib/cli reads arguments and calls lib/server, as a page does. It uses no components and no browser code.',
      severity: 'error',
      from: { path: '^lib/cli/', pathNot: test },
      to: { path: '^(app|components|lib/client|scripts|tests|bench)/' },
    },
    {
      name: 'product-never-uses-tests',
      comment:
        'Tests, benchmarks and scripts use the product, not the other way round. Move what both need into the product.',
      severity: 'error',
      from: { path: '^(app|components|lib|prisma)/', pathNot: test },
      to: { path: ['^(tests|bench|scripts)/', test] },
    },
    {
      name: 'no-cycles',
      comment:
        'These files need each other, so neither can be read or tested alone. Move what both use into a third, or pass it in.',
      severity: 'error',
      from: { pathNot: generated },
      to: { circular: true, viaOnly: { pathNot: generated, dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'declared-packages-only',
      comment: 'This package is not in package.json: it is installed only because another one needs it. Declare it.',
      severity: 'error',
      from: { path: '^(app|components|lib|prisma)/', pathNot: [test, generated] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'This import cannot be resolved.',
      severity: 'error',
      from: { pathNot: generated },
      // mdast has types only, in @types/mdast.
      to: { couldNotResolve: true, pathNot: '^mdast$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: String.raw`^(\.next|node_modules/\.cache)` },
    tsPreCompilationDeps: true,
    // Analyses that no rule needs would take two thirds of the time.
    skipAnalysisNotInRules: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}

export default configuration

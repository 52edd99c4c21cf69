// Who may import whom. Reads as the import table of docs/architecture.md.
const server = '^apps/server/src'
const test = '\\.(test|data|suite)\\.ts$|/testing/'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'domain-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^packages/domain/src', pathNot: test },
      to: { pathNot: '^packages/domain/src|node_modules/' },
    },
    {
      name: 'patterns-brokers-contracts-import-only-domain',
      severity: 'error',
      from: { path: '^packages/(patterns|brokers|contracts)/src', pathNot: test },
      to: { path: '^(packages|apps)/', pathNot: ['^packages/domain/src', '^packages/$1/src'] },
    },
    {
      name: 'client-imports-only-contracts',
      severity: 'error',
      from: { path: '^packages/client/src', pathNot: test },
      to: { path: '^(packages|apps)/', pathNot: '^packages/(client|contracts)/src' },
    },
    {
      name: 'web-imports-only-the-client',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(packages|apps)/', pathNot: '^(apps/web|packages/(client|contracts|patterns)/src)' },
    },
    {
      name: 'modules-know-no-wire-and-no-adapter',
      severity: 'error',
      from: { path: `${server}/modules/([^/]+)`, pathNot: test },
      to: {
        path: ['^apps', '^packages'],
        pathNot: [
          `${server}/modules/$1/`,
          `${server}/modules/[^/]+/index\\.ts$`,
          '^packages/(domain|patterns)/src',
          '^packages/brokers/src/index\\.ts$',
        ],
      },
    },
    {
      name: 'dialects-touch-module-faces-and-contracts',
      severity: 'error',
      from: { path: `${server}/dialects/([^/]+)`, pathNot: test },
      to: {
        path: ['^apps', '^packages'],
        pathNot: [
          `${server}/dialects/($1|api)/`,
          `${server}/modules/[^/]+/index\\.ts$`,
          '^packages/(contracts|domain)/src',
        ],
      },
    },
    {
      name: 'infra-knows-no-product-rule',
      severity: 'error',
      from: { path: `${server}/infra`, pathNot: test },
      to: { path: [`${server}/(dialects|compose|main|config)`] },
    },
    {
      name: 'only-compose-knows-adapters',
      severity: 'error',
      from: { path: '^apps/server/src', pathNot: [test, `${server}/(compose\\.ts$|startup/)`] },
      to: { path: '^packages/brokers/src/(?!index\\.ts$)' },
    },
    {
      name: 'only-entry-points-read-config',
      severity: 'error',
      from: {
        path: '^apps/server/src',
        pathNot: [test, `${server}/(main|compose|config)\\.ts$`, `${server}/(commands|startup)/`],
      },
      to: { path: `${server}/config\\.ts$` },
    },
    {
      // Only processes of their own load these, from a temporary folder (acceptance/clients).
      name: 'brokers-own-clients-stay-outside',
      severity: 'error',
      from: {},
      to: { path: '^(node_modules/)?(kiteconnect|breezeconnect|yahoo-finance2)(/|$)' },
    },
    {
      name: 'no-vague-names',
      severity: 'error',
      from: {},
      to: {
        path: [
          '/(util|utils|helper|helpers|common|misc|manager|types|v2|fixed)\\.tsx?$',
          '/(util|utils|helper|helpers|common|misc|manager|types|v2|fixed)/',
        ],
        pathNot: 'node_modules|^node:',
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    exclude: '/dist/',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}

import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** Every rule of `npm run check` is shown red once by a planted fault: a check that cannot fail is not a check. */
const root = fileURLToPath(new URL('..', import.meta.url))
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'banyan-checks-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  plant({ 'package.json': JSON.stringify({ type: 'module' }) })
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function plant(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

function run(tool: string, ...args: string[]): { status: number | null; output: string } {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' }
  delete env['FORCE_COLOR']
  const { status, stdout } = spawnSync(tool, args, { cwd: folder, encoding: 'utf8', env })
  return { status, output: stdout }
}

describe('biome', () => {
  const faults: Record<string, string> = {
    noExplicitAny: 'export const a = (value: any): unknown => value\n',
    noNonNullAssertion: 'export const b = (list: readonly string[]): string => list[0]!\n',
    noEnum: 'export enum Direction {\n  Up,\n}\n',
    noProcessEnv: "export const c = process.env['HOME']\n",
    noDefaultExport: 'const d = 1\nexport default d\n',
    useErrorCause:
      "export function e(): void {\n  try {\n    JSON.parse('')\n  } catch (error) {\n    throw new Error('lost')\n  }\n}\n",
    noEmptyBlockStatements: "export function f(): void {\n  try {\n    JSON.parse('')\n  } catch {}\n}\n",
    useExhaustiveSwitchCases:
      "type Side = 'buy' | 'sell'\nexport function g(side: Side): number {\n  switch (side) {\n    case 'buy':\n      return 1\n  }\n  return 0\n}\n",
    noBarrelFile: "export * from './no-enum.ts'\n",
  }
  const tests: Record<string, string> = {
    noFocusedTests: "import { expect, it } from 'vitest'\nit.only('x', () => {\n  expect(1).toBe(1)\n})\n",
    noSkippedTests: "import { expect, it } from 'vitest'\nit.skip('x', () => {\n  expect(1).toBe(1)\n})\n",
    useExpect: "import { it } from 'vitest'\nit('asserts nothing', () => {\n  JSON.parse('1')\n})\n",
  }
  const kebab = (rule: string) => rule.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
  let report = ''

  beforeAll(() => {
    const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as { vcs: { enabled: boolean } }
    config.vcs.enabled = false
    plant({ 'biome.json': JSON.stringify(config) })
    for (const [rule, text] of Object.entries(faults)) plant({ [`src/${kebab(rule)}.ts`]: text })
    for (const [rule, text] of Object.entries(tests)) plant({ [`src/${kebab(rule)}.test.ts`]: text })
    plant({ 'src/cycle-one.ts': "import { two } from './cycle-two.ts'\n\nexport const one = (): number => two()\n" })
    plant({ 'src/cycle-two.ts': "import { one } from './cycle-one.ts'\n\nexport const two = (): number => one()\n" })
    plant({ 'src/BadName.ts': 'export const h = 1\n' })
    plant({ 'src/badly-formatted.ts': 'export const   i=1;;\n' })
    report = run('biome', 'ci', '--colors=off', '--reporter=github', '--max-diagnostics=200', 'src').output
  })

  it.each([...Object.keys(faults), ...Object.keys(tests), 'noImportCycles', 'useFilenamingConvention'])(
    'reports %s',
    (rule) => {
      expect(report).toMatch(new RegExp(`lint/\\w+/${rule}\\b`))
    },
  )

  it('reports a badly formatted file', () => {
    expect(report).toMatch(/title=format,file=\S*badly-formatted.ts/)
  })
})

describe('oxlint --type-aware', () => {
  it('reports floating and misused promises, also those of node: modules and timers', () => {
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    plant({
      'tsconfig.json': JSON.stringify({
        compilerOptions: { target: 'ES2024', module: 'nodenext', types: ['node'], strict: true },
        include: ['promises'],
      }),
      'promises/floating.ts':
        "import { writeFile } from 'node:fs/promises'\n\nexport function save(): void {\n  writeFile('a', 'b')\n}\n",
      'promises/misused.ts': 'export const timer = setInterval(async () => {\n  await Promise.resolve()\n}, 1000)\n',
    })
    const { status, output } = run('oxlint', '--type-aware', 'promises')
    expect(status).not.toBe(0)
    expect(output).toContain('no-floating-promises')
    expect(output).toContain('no-misused-promises')
  })
})

describe('tsc', () => {
  it('refuses what type stripping cannot run, and Node globals in a pure package', () => {
    cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'))
    plant({
      'pure/tsconfig.json': JSON.stringify({ extends: '../tsconfig.base.json', include: ['.'] }),
      'pure/parameter-property.ts': 'export class A {\n  constructor(readonly b: number) {}\n}\n',
      'pure/value.ts': 'export interface Value {\n  readonly a: number\n}\n',
      'pure/type-import.ts': "import { Value } from './value.ts'\n\nexport const value: Value = { a: 1 }\n",
      'pure/extension.ts': "export * from './value'\n",
      'pure/node-global.ts': 'export const home = process.cwd()\n',
    })
    const { status, output } = run('tsc', '-p', 'pure')
    expect(status).not.toBe(0)
    for (const code of ['TS1294', 'TS1484', 'TS2835', 'TS2591']) expect(output).toContain(code)
  })
})

describe('dependency rules', () => {
  const module = (...imports: string[]) =>
    `${imports.map((path, i) => `import { x as x${i} } from '${path}'\n`).join('')}export const x = [${imports.map((_, i) => `x${i}`)}]\n`
  /** rule → files whose imports break it */
  const faults: Record<string, Record<string, string>> = {
    'no-cycles': { 'packages/domain/src/one.ts': module('./two.ts'), 'packages/domain/src/two.ts': module('./one.ts') },
    'everything-resolves': { 'packages/domain/src/lost.ts': module('./nowhere.ts') },
    'domain-imports-nothing-of-ours': { 'packages/domain/src/a.ts': module('../../brokers/src/quote-source.ts') },
    'patterns-brokers-contracts-import-only-domain': {
      'packages/brokers/src/b.ts': module('../../contracts/src/quotes.ts'),
    },
    'client-imports-only-contracts': { 'packages/client/src/c.ts': module('../../domain/src/candle.ts') },
    'web-imports-only-the-client': { 'apps/web/src/d.ts': module('../../../packages/domain/src/candle.ts') },
    'modules-know-no-wire-and-no-adapter': { 'apps/server/src/modules/market/f.ts': module('../../infra/clock.ts') },
    'dialects-touch-module-faces-and-contracts': {
      'apps/server/src/dialects/stocktrendz/g.ts': module('../../modules/market/f.ts'),
    },
    'infra-knows-no-product-rule': { 'apps/server/src/infra/h.ts': module('../compose.ts') },
    'only-compose-knows-adapters': { 'apps/server/src/i.ts': module('../../../packages/brokers/src/replay/source.ts') },
    'only-entry-points-read-config': { 'apps/server/src/j.ts': module('./config.ts') },
    'brokers-own-clients-stay-outside': { 'apps/server/src/l.ts': module('kiteconnect') },
    'no-vague-names': { 'packages/domain/src/k.ts': module('./utils.ts') },
  }
  const innocent = [
    'packages/brokers/src/quote-source.ts',
    'packages/brokers/src/replay/source.ts',
    'packages/contracts/src/quotes.ts',
    'packages/domain/src/candle.ts',
    'packages/domain/src/utils.ts',
    'apps/server/src/infra/clock.ts',
    'apps/server/src/compose.ts',
    'apps/server/src/config.ts',
  ]
  let violated: Set<string>

  beforeAll(() => {
    cpSync(join(root, '.dependency-cruiser.mjs'), join(folder, '.dependency-cruiser.mjs'))
    for (const files of Object.values(faults)) plant(files)
    for (const name of innocent) plant({ [name]: 'export const x = 1\n' })
    const { output } = run('depcruise', '--config', '.dependency-cruiser.mjs', '-T', 'json', 'apps', 'packages')
    const { summary } = JSON.parse(output) as {
      summary: { violations: { rule: { name: string } }[] }
    }
    violated = new Set(summary.violations.map((violation) => violation.rule.name))
  })

  it.each(Object.keys(faults))('reports %s', (rule) => {
    expect([...violated]).toContain(rule)
  })

  it('has a planted fault for each of its rules', async () => {
    const { default: config } = (await import(join(root, '.dependency-cruiser.mjs'))) as {
      default: { forbidden: { name: string }[] }
    }
    expect(config.forbidden.map((rule) => rule.name).toSorted()).toEqual(Object.keys(faults).toSorted())
  })

  it('sees every tracked source file, so that it cannot fall silent', () => {
    const output = execFileSync(
      'depcruise',
      ['--config', '.dependency-cruiser.mjs', '-T', 'json', 'apps', 'packages', 'bench', 'acceptance', 'scripts'],
      { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] },
    )
    const cruised = new Set((JSON.parse(output) as { modules: { source: string }[] }).modules.map((one) => one.source))
    const tracked = execFileSync('git', ['ls-files', 'apps', 'packages', 'bench', 'acceptance', 'scripts'], {
      cwd: root,
      encoding: 'utf8',
    })
    const sources = tracked.split('\n').filter((name) => /\.(ts|tsx|mjs)$/.test(name))
    expect(sources.length).toBeGreaterThan(20)
    expect(sources.filter((name) => !cruised.has(name))).toEqual([])
  })

  it('lets web and client take only types from contracts, because one schema at run time costs 18 kB compressed', () => {
    const tracked = execFileSync('git', ['ls-files', 'apps/web/src', 'packages/client/src'], {
      cwd: root,
      encoding: 'utf8',
    })
    const sources = tracked.split('\n').filter((name) => /(?<!\.test)\.tsx?$/.test(name))
    const values = sources.filter((name) => importsContractsAtRunTime(readFileSync(join(root, name), 'utf8')))
    expect(values).toEqual([])
    expect(importsContractsAtRunTime("import { Snapshot } from '@banyan/contracts'")).toBe(true)
    expect(importsContractsAtRunTime("import type { Snapshot } from '@banyan/contracts'")).toBe(false)
  })
})

function importsContractsAtRunTime(source: string): boolean {
  return /^(?:import|export)(?! type)[^'"]*from '@banyan\/contracts'/m.test(source)
}

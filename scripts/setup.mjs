// Brings a fresh clone to where it runs: dependencies, the Node of the lockfile on PATH, and with --web the built web app.
// Runs on Node 20 the first time and on Node 24 afterwards, so it uses only what both have.
import { spawnSync } from 'node:child_process'
import { existsSync, linkSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const oldestNode = [24, 15] // the first whose node:sqlite prints no experimental warning
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))

const npm = process.env['npm_execpath'] ?? stop('Start this through npm: npm start, npm test, npm run check.')
installDependencies()
linkRuntime()
requireRuntime()
if (process.argv.includes('--web')) buildWebApp()

/** npm writes node_modules/.package-lock.json last, so an interrupted install counts as none. */
function installDependencies() {
  if (modifiedMs('node_modules/.package-lock.json') >= modifiedMs('package-lock.json')) return
  console.log('Installing dependencies (first start, or the lockfile changed)…')
  run(npm, ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'])
}

/** npm 9 and 10 lose the bin link of the platform package that carries Node 24; npm 11 keeps it. */
function linkRuntime() {
  const os = process.platform === 'win32' ? 'win' : process.platform
  const name = os === 'win' ? 'node.exe' : 'node'
  const binary = `node_modules/node-${os}-${process.arch}/bin/${name}`
  const link = `node_modules/.bin/${name}`
  if (!existsSync(binary) || existsSync(link)) return
  if (os === 'win') linkSync(binary, link)
  else symlinkSync(`../node-${os}-${process.arch}/bin/${name}`, link)
}

function requireRuntime() {
  const found = spawnSync('node', ['-p', 'process.versions.node'], { encoding: 'utf8' })
  const version = (found.stdout ?? '').trim()
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  stop(
    `Banyan needs Node ${oldestNode.join('.')} or newer and this platform gets none through npm; found ${version || 'none'}. Install it from https://nodejs.org and start again.`,
  )
}

function buildWebApp() {
  const sources = ['apps/web', 'packages/client', 'packages/contracts', 'packages/domain', 'package-lock.json']
  const newest = Math.max(...sources.map(newestMs))
  if (modifiedMs('apps/web/dist/index.html') >= newest) return
  console.log('Building the web app…')
  run(npm, ['run', '--silent', 'build', '--workspace', '@banyan/web'])
}

function newestMs(path) {
  if (!existsSync(path)) return 0
  if (!statSync(path).isDirectory()) return modifiedMs(path)
  const names = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules')
  return Math.max(0, ...names.map((name) => newestMs(join(path, name))))
}

function modifiedMs(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0
}

function run(script, args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' })
  if (status !== 0) stop(`npm ${args.slice(0, 2).join(' ')} failed; its output is above.`)
}

/** @returns {never} */
function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}

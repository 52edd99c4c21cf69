import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { launchChromium } from '../acceptance/chromium.ts'

// npm run docs:icons: the icon as pictures, for home screens that take no SVG: iOS takes none at all, some launchers of Android none either.
const folder = fileURLToPath(new URL('../apps/web/public/', import.meta.url))
const svg = readFileSync(`${folder}icon-maskable.svg`, 'utf8')
const pictures = [
  { name: 'apple-touch-icon.png', size: 180 },
  { name: 'icon-192.png', size: 192 },
  { name: 'icon-512.png', size: 512 },
] as const

const browser = await launchChromium()
for (const { name, size } of pictures) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`)
  await page.screenshot({ path: folder + name })
}
await browser.close()

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { renderEdgeReference } from './edge-reference.ts'
import { measureBundledEdges } from './measure-bundled-edges.ts'

it('docs/reference/edges.md is what the bundled data and the code give: `npm run edges` writes it anew', {
  timeout: 120_000,
}, async () => {
  const written = readFileSync(new URL('../docs/reference/edges.md', import.meta.url), 'utf8')
  expect(written.split('\n')).toEqual(renderEdgeReference(await measureBundledEdges()).split('\n'))
})

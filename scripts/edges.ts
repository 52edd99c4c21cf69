import { writeFileSync } from 'node:fs'
import { renderEdgeReference } from './edge-reference.ts'
import { measureBundledEdges } from './measure-bundled-edges.ts'

/** `npm run edges`: measures the records of all patterns on the bundled data, as the server does, and writes docs/reference/edges.md. */
const measured = await measureBundledEdges()
writeFileSync(new URL('../docs/reference/edges.md', import.meta.url), renderEdgeReference(measured))
console.log(`docs/reference/edges.md: ${measured.edges.length} records of ${measured.instruments} shares.`)

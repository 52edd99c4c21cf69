export type {
  InstrumentAlias,
  InstrumentStore,
  InstrumentsModule,
  StoredInstrument,
} from './instruments-face.ts'
export { createInstrumentsModule } from './instruments-module.ts'

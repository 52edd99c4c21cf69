export { type AdminGate, createAdminGate } from './admin-gate.ts'
export {
  type AppCredentials,
  createSourceSession,
  type SourceSession,
} from './source-session.ts'

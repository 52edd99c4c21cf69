export { type AdminGate, createAdminGate } from './admin-gate.ts'
export {
  type AppCredentials,
  createSourceSession,
  type SourceSession,
  type SourceSessionStatus,
} from './source-session.ts'

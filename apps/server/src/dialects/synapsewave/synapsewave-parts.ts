import type { IdentityModule } from '../../modules/identity/index.ts'
import type { Addresses } from '../api/request-origin.ts'

/** What the routes of this API ask. */
export interface SynapsewaveParts {
  readonly identity: IdentityModule
  readonly addresses: Addresses
  /** Origin clients dial, or null to take the one of each request. */
  readonly publicUrl: string | null
}

/** Base of all paths but set-fingerprint's (synapsewave.md §1). */
export const userPath = '/interactive/authentication/v1/user'

import type { AccountsFace, AdministrationFace } from './accounts-face.ts'
import type { AuditFace } from './audit-face.ts'
import type { CredentialsFace } from './callers.ts'
import type { CodesFace, PasswordsFace } from './codes-face.ts'
import type { FactorsFace } from './factors-face.ts'
import type { ApplicationsFace, KeysFace } from './programs-face.ts'
import type { SessionsFace } from './sessions-face.ts'
import type { SignInFace } from './sign-in-face.ts'

export interface IdentityModule {
  readonly credentials: CredentialsFace
  readonly signIn: SignInFace
  readonly sessions: SessionsFace
  readonly accounts: AccountsFace
  readonly passwords: PasswordsFace
  readonly codes: CodesFace
  readonly factors: FactorsFace
  readonly applications: ApplicationsFace
  readonly keys: KeysFace
  readonly audit: AuditFace
  readonly administration: AdministrationFace
}

import type { Config } from '../config.ts'
import type { IdentityParts } from './open-identity.ts'

/** Returns what the account core takes from the configuration. `cores` is how many this machine has. */
export function identitySettings(
  config: Config,
  cores: number,
): Pick<IdentityParts, 'argon' | 'cores' | 'threadPoolSize' | 'ssoIssuers' | 'breachListUrl' | 'settings'> {
  return {
    argon: { memoryKiB: config.argonMemoryKib, passes: config.argonPasses, lanes: 1 },
    cores,
    threadPoolSize: config.threadPoolSize,
    ssoIssuers: config.ssoIssuers,
    breachListUrl: config.breachListUrl,
    settings: {
      registration: config.registration,
      defaultPlan: config.defaultPlan,
      linkOrigin: config.publicUrl ?? `http://localhost:${config.port}`,
      refreshGraceMs: config.refreshGraceS * 1000,
    },
  }
}

/** The browser gave no passkey. The message is for the person. */
class PasskeyError extends Error {
  override readonly name = 'PasskeyError'
}

/** Tells whether this browser has passkeys and their JSON form (WebAuthn Level 3 §5.1). */
export function hasPasskeys(): boolean {
  return 'PublicKeyCredential' in globalThis && 'parseRequestOptionsFromJSON' in PublicKeyCredential
}

/** Has the person choose a passkey and returns the browser's response. @throws {PasskeyError} when there is none. */
export async function getPasskey(options: object): Promise<object> {
  return ask(async () => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON)
    return navigator.credentials.get({ publicKey })
  })
}

/** Has the person make a passkey and returns the browser's response. @throws {PasskeyError} when none was made. */
export async function makePasskey(options: object): Promise<object> {
  return ask(async () => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      options as PublicKeyCredentialCreationOptionsJSON,
    )
    return navigator.credentials.create({ publicKey })
  })
}

async function ask(work: () => Promise<Credential | null>): Promise<object> {
  let credential: Credential | null
  try {
    credential = await work()
  } catch (error) {
    throw new PasskeyError(sentenceOf(error), { cause: error })
  }
  if (!(credential instanceof PublicKeyCredential)) throw new PasskeyError('The browser gave no passkey.')
  return credential.toJSON() as object
}

function sentenceOf(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError') return 'No passkey was given: the browser’s question was closed or took too long.'
  if (name === 'InvalidStateError') return 'This device has a passkey of this account already.'
  if (name === 'SecurityError')
    return `Passkeys belong to this server’s name. Open the page by that name (on this machine localhost, not ${location.hostname}).`
  return 'This browser or device cannot use a passkey here.'
}

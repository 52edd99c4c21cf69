import { BanyanError, formatIst } from '@banyan/domain'
import type { ControlHandler } from '../infra/control/control-server.ts'
import { type AdministrationFace, isEmail } from '../modules/identity/index.ts'
import type { UserRequest } from './user-arguments.ts'

/** Does what was asked and returns the text to print. */
export async function doUserWork(administration: AdministrationFace, request: UserRequest): Promise<string> {
  switch (request.what) {
    case 'create':
      return create(administration, request)
    case 'list':
      return list(administration)
    case 'lock':
      return `${(await administration.lock(request.account)).email} is locked; its sessions have ended.`
    case 'unlock':
      return `${(await administration.unlock(request.account)).email} may sign in again.`
    case 'reset-factors':
      return `${(await administration.resetFactors(request.account)).email} has no second factor any more; its sessions have ended.`
    case 'role':
      return `${(await administration.setRole(request.account, request.role)).email} is ${request.role}; its sessions have ended.`
    case 'invite':
      return `${await administration.invite(request.role)}\nGood for one registration as ${request.role} within 7 days.`
  }
}

async function create(administration: AdministrationFace, request: UserRequest & { what: 'create' }): Promise<string> {
  const { email, password, name, role } = request
  if (!isEmail(email.trim().toLowerCase()))
    throw new BanyanError('invalid_parameter', { message: `${email} is no e-mail address.` })
  try {
    const { clientCode } = await administration.create({ email, password, name, role })
    return `${email} is made: ${role}, client code ${clientCode}.`
  } catch (error) {
    if (!(error instanceof BanyanError) || error.code !== 'unacceptable_secret') throw error
    throw new BanyanError('unacceptable_secret', { message: `The password ${error.message}.`, cause: error })
  }
}

async function list(administration: AdministrationFace): Promise<string> {
  const accounts = await administration.list()
  if (accounts.length === 0) return 'There is no account yet: npm run user -- create <e-mail> owner'
  const lines = accounts.map(({ email, clientCode, role, isLocked, hasTotp, hasPasskey, lastSignInAt }) => {
    const second = [hasTotp ? 'TOTP' : '', hasPasskey ? 'passkey' : ''].filter((one) => one !== '').join(' and ')
    const seen = lastSignInAt === null ? 'never signed in' : `last sign-in ${formatIst(lastSignInAt)}`
    return [email, clientCode, role, second === '' ? 'no second factor' : second, seen, isLocked ? 'locked' : '']
      .join('  ')
      .trimEnd()
  })
  return lines.join('\n')
}

/** Creates the server's side of `npm run user`. Only whoever may open the control socket gets here. */
export function createUserHandler(administration: AdministrationFace): ControlHandler {
  // The command parsed its words before it sent them, and both come from one checkout.
  return (argument) => doUserWork(administration, argument as UserRequest)
}

import { synapsewaveLoginTypes, synapsewaveSecondAuthTypes } from '@banyan/contracts'
import { BanyanError } from '@banyan/domain'
import type { CombinedFirst, CombinedSecond } from '../../modules/identity/index.ts'
import { type Field, needed, optionalField, textOf, wordOf } from '../api/fields.ts'
import {
  creds,
  mpinText,
  passwordText,
  readBody,
  sixDigits,
  tokenText,
  udidText,
  withoutBlanks,
} from './body-fields.ts'
import { readDeviceInfo } from './device-info.ts'

export type LoginType = (typeof synapsewaveLoginTypes)[number]
export type SecondAuthType = (typeof synapsewaveSecondAuthTypes)[number]

export interface LoginRequest {
  readonly userId: string
  readonly apiKey: string
  readonly loginType: LoginType
  readonly first: CombinedFirst
  readonly secondType: SecondAuthType | null
  readonly second: CombinedSecond | null
  /** `second_auth` came without `second_auth_type`. */
  readonly hasUntypedSecond: boolean
  readonly udid: string | null
  readonly deviceFacts: Readonly<Record<string, string>> | null
}

/** What `password` holds, and how it is read. */
const passwordReaders = {
  PASSWORD: passwordText,
  TOKEN: tokenText,
  MPIN: mpinText,
  FINGERPRINT: udidText,
  TP_TOKEN: tokenText,
} as const satisfies Record<LoginType, unknown>

const shortText = optionalField(textOf(1, 32), null)

/** Reads the body of a login (synapsewave.md §5.1). Throws `invalid_parameter`; which pairs sign in together is asked later. */
export function readLogin(body: unknown): LoginRequest {
  const given = withoutBlanks(body)
  const values = readBody(given, shapeFor(given))
  const device = readDeviceInfo(given['deviceinfo'])
  if (values.UDID !== null && device.udid !== null && values.UDID !== device.udid)
    throw new BanyanError('invalid_parameter', { details: [{ field: 'UDID', reason: 'differs from deviceinfo.UDID' }] })
  const secondType = values.second_auth_type
  return {
    userId: values.user_id,
    apiKey: values.api_key,
    loginType: values.login_type,
    first: firstOf(values.login_type, values.password),
    secondType,
    second: secondType === null ? null : secondOf(secondType, values.second_auth ?? ''),
    hasUntypedSecond: secondType === null && values.second_auth !== null,
    udid: values.UDID ?? device.udid,
    deviceFacts: device.facts,
  }
}

/** Two members are read by what two others say; where those say nothing valid they are what fails. */
function shapeFor(given: Readonly<Record<string, unknown>>) {
  const loginType = synapsewaveLoginTypes.find((word) => word === given['login_type']) ?? 'PASSWORD'
  const secondType = synapsewaveSecondAuthTypes.find((word) => word === given['second_auth_type']) ?? null
  return {
    user_id: creds.user_id,
    login_type: optionalField(wordOf(synapsewaveLoginTypes), 'PASSWORD'),
    password: needed(passwordReaders[loginType]),
    second_auth_type: optionalField(wordOf(synapsewaveSecondAuthTypes), null),
    second_auth: secondField(secondType),
    api_key: creds.api_key,
    source: creds.source,
    UDID: optionalField(udidText, null),
    version: shortText,
    iosversion: shortText,
    build_version: shortText,
  }
}

function secondField(type: SecondAuthType | null): Field<string | null> {
  switch (type) {
    case 'OTP':
    case 'TOTP':
      return needed(sixDigits)
    case 'FINGERPRINT':
      return needed(udidText)
    case 'REGISTER':
      return { absent: { value: null }, parse: () => ({ value: null }) }
    case null:
      return optionalField(tokenText, null)
  }
}

function firstOf(type: LoginType, password: string): CombinedFirst {
  switch (type) {
    case 'PASSWORD':
      return { kind: 'password', password }
    case 'TOKEN':
      return { kind: 'registered', registerToken: password }
    case 'MPIN':
      return { kind: 'mpin', mpin: password }
    case 'FINGERPRINT':
      return { kind: 'device', udid: password }
    case 'TP_TOKEN':
      return { kind: 'sso', assertion: password }
  }
}

function secondOf(type: SecondAuthType, value: string): CombinedSecond {
  switch (type) {
    case 'OTP':
      return { kind: 'otp', code: value }
    case 'TOTP':
      return { kind: 'totp', code: value }
    case 'FINGERPRINT':
      return { kind: 'device', udid: value }
    case 'REGISTER':
      return { kind: 'register' }
  }
}

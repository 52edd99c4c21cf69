import { failure } from './answers.ts'

const incorrect = 'Incorrect `api_key` or `access_token`.'

/** The ways the vendor says no to who calls. */
export const refusals = {
  noCredentials: failure(400, 'InputException', 'Missing or malformed `api_key` or `access_token`.'),
  missingSessionFields: failure(400, 'InputException', 'Missing `request_token` or `checksum`.'),
  unknownKey: failure(400, 'InputException', 'Invalid `api_key`.'),
  sessionOver: failure(403, 'TokenException', incorrect),
  tokenSpent: failure(403, 'TokenException', 'Token is invalid or has expired.'),
  noPermission: failure(403, 'PermissionException', 'Insufficient permission for that call.'),
  unknownRoute: failure(404, 'GeneralException', 'Route not found.'),
  wrongMethod: failure(405, 'GeneralException', 'Method not allowed.'),
} as const

import { redactor } from '../../lib/redact.ts'
import { Fault } from '../../model/fault.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import { parseJson } from '../answer.ts'
import type { Io, Login } from '../target.ts'
import { unreadable } from './answers.ts'
import type { AkeneoOptions } from './options.ts'

/** "Request content exceeded the maximum allowed size of 300 bytes", says the token endpoint. */
const LONGEST_BODY = 300

/** A token for an hour: by the refresh token of the last one, else, or when that is refused, by user name and password. */
export async function login(io: Io, options: AkeneoOptions, last: Login | null): Promise<Login> {
  const { username, password } = options
  const renewed = last?.memory === undefined ? null : await refresh(io, options, last.memory)
  return renewed ?? signIn(io, options, { grant_type: 'password', username, password })
}

async function refresh(io: Io, options: AkeneoOptions, refreshToken: string): Promise<Login | null> {
  try {
    const secrets = [refreshToken]
    const login = await grant(io, options, { grant_type: 'refresh_token', refresh_token: refreshToken }, secrets)
    // One that stays the same comes back masked, like every secret that was sent.
    return login.memory === redactor(secrets)(refreshToken) ? { ...login, memory: refreshToken } : login
  } catch (error) {
    if (error instanceof Fault && ['refused', 'credentials'].includes(error.kind)) return null
    throw error
  }
}

/** Wrong credentials are answered with 422; 403 comes from a gateway that does not let us in. */
async function signIn(io: Io, options: AkeneoOptions, body: JsonObject): Promise<Login> {
  try {
    return await grant(io, options, body)
  } catch (error) {
    if (!(error instanceof Fault) || (error.kind !== 'refused' && error.http !== 403)) throw error
    const { http, requestId, attempts, message } = error
    throw new Fault('credentials', message, { http, requestId, attempts, cause: error })
  }
}

async function grant(
  io: Io,
  { clientId, secret }: AkeneoOptions,
  content: JsonObject,
  secrets: readonly string[] = [],
): Promise<Login> {
  const body = Buffer.from(JSON.stringify(content))
  if (body.byteLength > LONGEST_BODY) {
    const words = `User name and password make a request of ${body.byteLength} bytes; Akeneo takes ${LONGEST_BODY}.`
    throw new Fault('credentials', words)
  }
  const response = await io.send({
    method: 'POST',
    url: `${io.baseUrl}/api/oauth/v1/token`,
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
    },
    body,
    ...(secrets.length > 0 && { secrets }),
  })
  const token = parseJson(response.body)
  if (!isJsonObject(token)) throw unreadable(response, undefined)
  const { access_token: access, expires_in: expiresIn, refresh_token: memory } = token
  // The answer itself is not shown: it may hold the token.
  if (!isToken(access) || typeof expiresIn !== 'number' || !(expiresIn > 0)) {
    throw unreadable(response, 'no access_token with expires_in')
  }
  return { headers: { authorization: `Bearer ${access}` }, expiresIn, ...(isToken(memory) ? { memory } : {}) }
}

/** It goes into a header. */
function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}

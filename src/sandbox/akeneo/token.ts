import type { IncomingHttpHeaders } from 'node:http'
import { isJsonObject, type Json } from '../../model/json.ts'
import { type ApiRequest, jsonAnswer } from '../exchange.ts'
import { ACCOUNT } from './account.ts'
import { Refused } from './answers.ts'
import type { Settings } from './behaviour.ts'
import { type Call, type Route, readJson } from './call.ts'
import { mediaType } from './headers.ts'
import type { Token } from './tokens.ts'

type Read = (name: string) => string

/** What OAuth knows; this connection may use the first two. */
const GRANTS = ['password', 'refresh_token', 'authorization_code', 'client_credentials', 'token']

const NO_CLIENT = 'Parameter "client_id" is missing or does not match any client, or secret is invalid'
const NO_PASSWORD = 'Parameter "grant_type", "username" or "password" is missing, empty or invalid'
const NO_REFRESH = 'Parameter "grant_type" or "refresh_token" is missing or empty'

/** POST /api/oauth/v1/token. Refusals are 422, wrong credentials too. */
export const issueToken: Route = call => {
  refuseLongBody(call.request, call.pim.settings)
  const read = readParameters(call.request)
  const grant = read('grant_type')
  if (!GRANTS.includes(grant)) throw new Refused(422, NO_PASSWORD)
  if (!isClient(call.request.headers)) throw new Refused(422, NO_CLIENT)
  const { access, refresh } = call.pim.transaction(() => grantToken(call, grant, read))
  return jsonAnswer(200, {
    access_token: access,
    expires_in: call.pim.settings.tokenSeconds,
    token_type: 'bearer',
    scope: null,
    refresh_token: refresh,
  })
}

/** Whether the request carries the id and secret of the connection, byte by byte: a line feed at the end counts. */
export function isClient({ authorization = '' }: IncomingHttpHeaders): boolean {
  const encoded = /^Basic (\S+)$/i.exec(authorization)?.[1] ?? ''
  return Buffer.from(encoded, 'base64').toString('utf8') === `${ACCOUNT.clientId}:${ACCOUNT.secret}`
}

function refuseLongBody({ body }: ApiRequest, { tokenBytes }: Settings): void {
  if (body.length <= tokenBytes) return
  if (tokenBytes === 200) throw new Refused(422, 'The request content size is too large')
  throw new Refused(413, 'Request content exceeded the maximum allowed size of 300 bytes')
}

function grantToken({ pim }: Call, grant: string, read: Read): Token {
  if (grant === 'refresh_token') {
    const refresh = read('refresh_token')
    if (refresh === '') throw new Refused(422, NO_REFRESH)
    const token = pim.tokens.exchange(refresh)
    if (token === null) throw new Refused(422, 'Refresh token is invalid or has expired')
    return token
  }
  if (grant !== 'password') throw new Refused(422, 'This grant type is not authorized for this client')
  const [username, password] = [read('username'), read('password')]
  if (username === '' || password === '') throw new Refused(422, NO_PASSWORD)
  if (username === ACCOUNT.username && password === ACCOUNT.password) return pim.tokens.issue()
  throw new Refused(422, 'No user found for the given username and password')
}

/** An empty text for what is missing or no text. */
function readParameters({ headers, body }: ApiRequest): Read {
  if (mediaType(headers) === 'application/x-www-form-urlencoded') {
    const form = new URLSearchParams(body.toString('utf8'))
    return name => form.get(name) ?? ''
  }
  const fields = readJson(body)
  const parameters = new Map<string, Json>(isJsonObject(fields) ? Object.entries(fields) : [])
  return name => {
    const value = parameters.get(name)
    return typeof value === 'string' ? value : ''
  }
}

import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject } from '../../model/json.ts'
import { parseJson } from '../answer.ts'
import type { Io, Login } from '../target.ts'
import { unreadable } from './answers.ts'
import type { EmporixOptions } from './options.ts'

/** A token comes back in a header, so it may hold nothing else. */
const TOKEN = /^[\x21-\x7e]+$/

/**
 * A service access token: the credentials go into a form, never into Basic. There is no refresh token, so the next one is
 * asked for in the same way. Without `scope` it has all scopes of the client.
 */
export async function login({ send, baseUrl }: Pick<Io, 'send' | 'baseUrl'>, options: EmporixOptions): Promise<Login> {
  const { tenant, clientId, clientSecret } = options
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  })
  try {
    const response = await send({
      method: 'POST',
      url: `${baseUrl}/oauth/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(form.toString()),
    })
    const { token, expiresIn } = readToken(response)
    // Not documented as needed, but clients are known that get 401 without it.
    return { headers: { authorization: `Bearer ${token}`, 'emporix-tenant': tenant }, expiresIn }
  } catch (error) {
    throw error instanceof Fault && error.kind === 'refused' ? meant(error) : error
  }
}

function readToken(response: HttpResponse): { token: string; expiresIn: number } {
  const body = parseJson(response.body)
  const { access_token: token, expires_in: seconds } = isJsonObject(body) ? body : {}
  const expiresIn = Number(seconds)
  if (typeof token !== 'string' || !TOKEN.test(token) || !(expiresIn > 0 && Number.isFinite(expiresIn))) {
    // Without the body: it may hold a token all the same.
    throw unreadable({ ...response, body: '' }, 'access_token with expires_in')
  }
  return { token, expiresIn }
}

/** The token endpoint's errors are not documented; what it refuses can only be what we said of ourselves. */
function meant({ message, http, requestId, attempts }: Fault): Fault {
  return new Fault(http === 404 ? 'endpoint' : 'credentials', message, { http, requestId, attempts })
}

import { jsonAnswer } from '../exchange.ts'
import { ACCOUNT, SCOPES } from './account.ts'
import { fault, Refused } from './answers.ts'
import type { Call, Route } from './call.ts'

export const DEFAULT_LIFETIME = 14_399
export const DEFAULT_IDLE_TIME = 120

/** POST /oauth/token: the client's name and secret, in the form alone, for a token. There is nothing to refresh it with. */
export const issueToken: Route = call => {
  const form = readForm(call)
  if (form.get('grant_type') !== 'client_credentials') throw new Refused(fault('request'))
  const isKnown = form.get('client_id') === ACCOUNT.clientId && form.get('client_secret') === ACCOUNT.clientSecret
  if (!isKnown) throw new Refused(fault('client'))
  const scopes = grantedScopes(form.get('scope'))
  return jsonAnswer(200, {
    access_token: call.tokens.issue(scopes),
    token_type: 'Bearer',
    expires_in: call.behaviour.lifetime ?? DEFAULT_LIFETIME,
    session_idle_time: call.behaviour.sessionIdleTime ?? DEFAULT_IDLE_TIME,
    refresh_token: '',
    refresh_token_expires_in: 0,
    scope: [...scopes, `tenant=${ACCOUNT.tenant}`].join(' '),
  })
}

function readForm({ request }: Call): URLSearchParams {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') throw new Refused(fault('request'))
  return new URLSearchParams(request.body.toString())
}

/** The client's scopes that are asked for; all of them when none is. */
function grantedScopes(asked: string | null): readonly string[] {
  const names = (asked ?? '').split(/\s+/).filter(name => name !== '' && !name.startsWith('tenant='))
  return names.length === 0 ? SCOPES : SCOPES.filter(scope => names.includes(scope))
}

import type { ApiRequest } from '../exchange.ts'
import { ACCOUNT, bearerToken } from './account.ts'
import { fault, Refused, serviceError } from './answers.ts'
import type { Call } from './call.ts'
import type { Match } from './routes.ts'

/** "Request URL size: 10 KB", https://developer.emporix.io, "Bulk Request Limits". */
const MAX_URL_BYTES = 10 * 1024

export function refuseLongAddress({ path, query }: ApiRequest): void {
  if (path.length + query.toString().length > MAX_URL_BYTES) throw new Refused(fault('address'))
}

/** Refuses a call without a token in force, for another tenant, or beyond the token's scopes. Throws Refused. */
export function authorise({ request, tokens, behaviour }: Call, { tenant, scopes }: Match): void {
  if (scopes.length === 0) return
  const named = request.headers['emporix-tenant']
  if (named === undefined && behaviour.tenantHeader === 'required') throw new Refused(fault('invalid'))
  const granted = tokens.use(bearerToken(request.headers))
  if (typeof granted === 'string') throw new Refused(fault(granted))
  if (tenant !== ACCOUNT.tenant || (named ?? tenant) !== tenant) {
    const message = 'Tenant in the header is not matching with the one provided in the URI.'
    throw new Refused(serviceError(400, { message }))
  }
  if (!scopes.some(scope => granted.has(scope))) {
    throw new Refused(serviceError(403, { details: ['Missing required scopes'] }))
  }
}

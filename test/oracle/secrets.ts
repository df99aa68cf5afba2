import type { IncomingHttpHeaders } from 'node:http'

/** Names under which token services give out what must not be seen. */
const TOKENS = /"(?:access_token|refresh_token)"\s*:\s*"([^"]+)"/g

/** The credentials that a request carries: what stands after the scheme, and the key and secret of a Basic one. */
export function secretsInHeaders(headers: IncomingHttpHeaders): string[] {
  const [scheme = '', value = ''] = (headers.authorization ?? '').split(' ')
  const parts =
    scheme.toLowerCase() === 'basic' ? [value, Buffer.from(value, 'base64').toString().split(':')[1]] : [value]
  return [...parts, headers['x-api-key']].filter(text => typeof text === 'string').filter(text => text !== '')
}

/** The tokens that an answer gives out. */
export function secretsInAnswer(body: Buffer): string[] {
  return [...body.toString('utf8').matchAll(TOKENS)].map(([, token = '']) => token)
}

/** The secrets that stand in this text, in any of the forms in which they travel. */
export function secretsIn(text: string, secrets: Iterable<string>): string[] {
  return [...secrets].filter(secret => formsOf(secret).some(form => text.includes(form)))
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  return [secret, base64, encodeURIComponent(secret)]
}

import type { IncomingHttpHeaders } from 'node:http'
import { Refused } from './answers.ts'
import type { Tokens } from './tokens.ts'

/** The type alone: the vendor compares what stands before the first semicolon, as it is written. */
export function mediaType(headers: IncomingHttpHeaders): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
}

/** Throws Refused with 415 for any other type. */
export function checkContentType(headers: IncomingHttpHeaders, allowed: readonly string[]): void {
  const type = mediaType(headers)
  if (allowed.includes(type)) return
  const names = allowed.map(name => `"${name}"`).join(' or ')
  if (type === '') {
    throw new Refused(415, `The "Content-Type" header is missing. ${names} has to be specified as value.`)
  }
  const verb = allowed.length > 1 ? 'are' : 'is'
  throw new Refused(415, `"${type}" in "Content-Type" header is not valid. Only ${names} ${verb} allowed.`)
}

/** Throws Refused with 406 unless JSON or anything is welcome. */
export function checkAccept({ accept }: IncomingHttpHeaders): void {
  if (accept === undefined || accept === 'application/json' || accept.includes('*/*')) return
  throw new Refused(406, `"${accept}" in "Accept" header is not valid. Only "application/json" is allowed.`)
}

/** Throws Refused with 401 unless a good access token was sent. */
export function checkToken(headers: IncomingHttpHeaders, tokens: Tokens): void {
  const token = bearerToken(headers)
  if (token === '') throw new Refused(401, 'Authentication is required')
  const state = tokens.stateOf(token)
  if (state === 'expired') throw new Refused(401, 'The access token provided has expired.')
  if (state === 'unknown') throw new Refused(401, 'The access token provided is invalid.')
}

/** The token that was sent, or an empty text. */
export function bearerToken({ authorization = '' }: IncomingHttpHeaders): string {
  return /^Bearer (\S+)$/.exec(authorization)?.[1] ?? ''
}

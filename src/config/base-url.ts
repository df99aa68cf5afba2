import { isLoopbackHost } from '../lib/loopback.ts'

/** Why the text cannot be the address of a target, or null when it can. */
export function badBaseUrl(text: string): string | null {
  if (!URL.canParse(text)) return 'must be a complete address such as https://api.example.com'
  const url = new URL(text)
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))
  if (!secure) return 'must be an https address; http is for localhost, 127.0.0.0/8 and [::1] only'
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password'
  return /[?#]/.test(text) ? 'must not have a query (?) or fragment (#)' : null
}

/** The address in its normal form, without trailing slashes. */
export function normalizeBaseUrl(text: string): string {
  const { origin, pathname } = new URL(text)
  return origin + pathname.replace(/\/+$/, '')
}

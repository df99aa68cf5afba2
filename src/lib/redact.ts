export type Redact = (text: string) => string

const MASK = '***'

/** Shorter texts are no secrets, but would be found everywhere. */
const SHORTEST = 4

/**
 * Replaces the secrets, in every form in which they may turn up (URL-encoded, base64, JSON-escaped), by `***`. Secrets of
 * fewer than four characters are left alone.
 */
export function redactor(secrets: readonly string[]): Redact {
  const forms = new Set(secrets.filter(secret => secret.length >= SHORTEST).flatMap(formsOf))
  const longestFirst = [...forms].toSorted((a, b) => b.length - a.length)
  return text => longestFirst.reduce((masked, form) => masked.replaceAll(form, MASK), text)
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const base64 = bytes.toString('base64')
  const form = new URLSearchParams([['', secret]]).toString().slice(1)
  const encoded = [encodeURIComponent(secret.toWellFormed()), form]
  const smallLetters = encoded.map(text => text.replace(/%../g, code => code.toLowerCase()))
  const escaped = JSON.stringify(secret).slice(1, -1)
  return [secret, escaped, base64, base64.replace(/=+$/, ''), bytes.toString('base64url'), ...encoded, ...smallLetters]
}

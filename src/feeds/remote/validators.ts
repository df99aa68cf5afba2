import { z } from '../../lib/schema.ts'

const headerText = z.string().regex(/^[\x20-\x7e]{1,1000}$/)

/** What a server calls the state of a body, to ask later whether it is still the same. */
export const validatorsSchema = z.object({ etag: headerText.nullable(), lastModified: headerText.nullable() })
export type Validators = z.infer<typeof validatorsSchema>

type Headers = Readonly<Record<string, string | string[] | undefined>>

const header = headerText.nullable().catch(null)

/** The validators of an answer, or null when it has none to rely on. */
export function validatorsOf(headers: Headers): Validators | null {
  const etag = header.parse(headers.etag)
  const lastModified = isSettled(headers) ? header.parse(headers['last-modified']) : null
  return etag === null && lastModified === null ? null : { etag, lastModified }
}

/** The headers that ask for a body only if it has changed. */
export function conditionsOf({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  }
}

/**
 * What was changed in the very second of the answer may change again in it, and nobody could tell: RFC 9110, section
 * 8.8.2.2. A feed that was downloaded while it was written would be taken for the whole one ever after.
 */
function isSettled(headers: Headers): boolean {
  return Date.parse(String(headers.date)) - Date.parse(String(headers['last-modified'])) >= 1000
}

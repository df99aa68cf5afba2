import { FeedError } from '../model/errors.ts'

/** Bytes in which an XML declaration ends. */
export const DECLARATION_BYTES = 256

const DECLARATION = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/

/**
 * The standard name of the encoding that an XML declaration names in the first bytes of a file; null without one. Throws
 * a FeedError for an encoding that cannot be read.
 */
export function declaredEncoding(head: Buffer, file: string): string | null {
  const label = DECLARATION.exec(head.toString('latin1'))?.[1]
  if (label === undefined) return null
  try {
    const name = new TextDecoder(label).encoding
    return name.startsWith('utf-16') ? null : name // a declaration that can be read byte by byte is not in UTF-16
  } catch (error) {
    throw new FeedError(`${file} is in "${label}" by its XML declaration, which cannot be read`, {
      fix: 'Save it as UTF-8, or say what it is in with --encoding.',
      cause: error,
    })
  }
}

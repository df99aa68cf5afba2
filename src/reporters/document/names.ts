import { printable } from '../../lib/text.ts'

/** What people call an item: its code, with the key where the target knows it under another name. */
export function nameOf(item: { readonly code: string | null; readonly key?: string | null }): string {
  const { code, key = null } = item
  if (code === null) return '(no code)'
  return printable(key === null || key === code ? code : `${code} (${key})`)
}

/** The same in short: a key that begins with the code says it all. */
export function shortNameOf(item: { readonly code: string | null; readonly key?: string | null }): string {
  const { code, key = null } = item
  return code !== null && key?.startsWith(code) ? printable(key) : nameOf(item)
}

/** "target-rejected: the message", or as much of it as there is. */
export function causeOf(cause: { readonly reason: string | null; readonly message: string | null }): string {
  return printable([cause.reason, cause.message].filter(part => part !== null).join(': '))
}

import { printable } from '../../lib/text.ts'

/**
 * Foreign text for documents that others open: printable, and without the halves of characters and the non-characters that
 * neither UTF-8 nor XML can hold. All of them become visible as \u{…}.
 */
export function foreign(text: string): string {
  if (!SUSPICIOUS.test(text)) return text
  return printable(text).replace(UNWRITABLE, unit => `\\u{${unit.charCodeAt(0).toString(16)}}`)
}

/** Most texts have nothing of this; looking closer costs more than all the rest of a line. */
const SUSPICIOUS = /[^ -~]|::|##/
const UNWRITABLE = /[\p{Cs}\ufffe\uffff]/gu

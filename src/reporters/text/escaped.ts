import { foreign } from './foreign.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Any text as the text of an element or the value of an attribute, in HTML and XML alike. */
export function escaped(text: string): string {
  return foreign(text).replace(/[&<>"']/g, character => ESCAPES[character] ?? '')
}

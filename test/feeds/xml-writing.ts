import fc from 'fast-check'

export const GOOGLE = 'http://base.google.com/ns/1.0'

/** Character references for what XML would not give back as it is written. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(']]>', ']]&gt;').replaceAll('\r', '&#13;')
}

/** In CDATA sections, except for carriage returns, which XML turns into line feeds there. */
export function inCdata(text: string): string {
  if (text.includes('\r')) return escaped(text)
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/** Every character by its number. */
export function inNumbers(text: string): string {
  return [...text].map(character => `&#x${character.codePointAt(0)?.toString(16)};`).join('')
}

/** True when XML 1.0 has all characters of the text. */
export function isXmlText(text: string): boolean {
  return /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text)
}

const character = fc.oneof(
  fc.constantFrom(...'&<>\'"]]>;#-? \t\n\raé電💡\u0085\u2028\ufeff'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
)

/** Any text that XML can hold. */
export const xmlTexts: fc.Arbitrary<string> = fc
  .array(character, { maxLength: 8 })
  .map(characters => characters.join(''))
  .filter(isXmlText)

/** The bytes of a text, or null when the encoding has no bytes for it. */
export type Encode = (text: string) => Uint8Array | null

const ASCII_END = 0x80
const FIRST_TRAIL = 0x40
const LAST_BYTE = 0xff
const REPLACEMENT = '\ufffd'

/**
 * Writes texts so that TextDecoder reads them back. Node can only decode most encodings, so the way back is found by
 * decoding every byte, and every pair of bytes where one byte is not enough. Characters that take more than two bytes, or
 * a shift sequence (ISO-2022-JP), count as not writable.
 *
 * @param encoding the standard name of an encoding that TextDecoder knows
 */
export function encoderFor(encoding: string): Encode {
  if (encoding === 'utf-8') return text => Buffer.from(text, 'utf8')
  if (encoding === 'utf-16le') return text => Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return text => Buffer.from(text, 'utf16le').swap16()
  const table = tableOf(encoding)
  return text => {
    const bytes: number[] = []
    for (const character of text) {
      const known = table.get(character)
      if (known === undefined) return null
      bytes.push(...known)
    }
    return Uint8Array.from(bytes)
  }
}

/** The bytes of each character. */
function tableOf(encoding: string): Map<string, readonly number[]> {
  const table = new Map<string, readonly number[]>()
  const add = (text: string, ...bytes: number[]): void => {
    if (text !== REPLACEMENT && [...text].length === 1 && !table.has(text)) table.set(text, bytes)
  }
  const leads: number[] = []
  for (let byte = 0; byte <= LAST_BYTE; byte++) {
    // As a stream: Node 20 decodes 0x80 to 0x9f of windows-1252 wrongly otherwise, and a lead byte alone gives nothing.
    const text = new TextDecoder(encoding).decode(Uint8Array.of(byte), { stream: true })
    if (text === '' && byte >= ASCII_END) leads.push(byte)
    add(text, byte)
  }
  const decoder = new TextDecoder(encoding)
  for (const lead of leads) {
    for (let trail = FIRST_TRAIL; trail < LAST_BYTE; trail++) {
      add(decoder.decode(Uint8Array.of(lead, trail)), lead, trail)
    }
  }
  return table
}

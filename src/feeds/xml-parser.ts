import { StringDecoder } from 'node:string_decoder'
import { SaxesParser } from 'saxes'
import { printable, truncate, wordsOf } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import { LIMITS } from './limits.ts'
import type { QualifiedName } from './xml-names.ts'
import { References, refusedReference, type Stretch } from './xml-references.ts'

export interface XmlTag extends QualifiedName {
  readonly attributes: Readonly<Record<string, QualifiedName & { readonly value: string }>>
}

/** `position` only writes line and column into messages, which are known without. */
const OPTIONS = { xmlns: true, position: false } as const

/** What a document is made of, in its order. */
export interface XmlHandler {
  /** @param line the line on which the tag starts */
  open(tag: XmlTag, line: number): void
  text(text: string): void
  close(): void
  /** The namespace of a prefix that is not declared. */
  resolve(prefix: string): string
}

/** Where a document starts in its file. */
export interface XmlStart {
  readonly line: number
  /** Characters in front of it on this line. */
  readonly column: number
}

/**
 * The door to saxes: a strict parser that takes a document in pieces. Throws a FeedError with line and column for what
 * is not well-formed, for entities that XML does not define, and for more than 64 levels.
 */
export class XmlParser {
  readonly #file: string
  readonly #decoder = new StringDecoder('utf8')
  readonly #references = new References()
  readonly #saxes: SaxesParser<typeof OPTIONS>
  #depth = 0
  #tagLine = 1
  /** The element that was closed last. */
  #closed = ''
  /** Where the root element ends; null before its end. */
  #end: string | null = null
  readonly #start: string
  /** What is being parsed; empty in between. */
  #piece = ''
  /** Characters before the piece. */
  #passed = 0
  /** Bytes so far, counted up to this character of the piece. */
  #bytes = 0
  #counted = 0

  constructor(file: string, start: XmlStart, handler: XmlHandler) {
    this.#file = file
    this.#saxes = new SaxesParser({ ...OPTIONS, resolvePrefix: (prefix: string) => handler.resolve(prefix) })
    this.#saxes.line = start.line
    this.#saxes.column = start.column
    this.#start = this.place
    this.#listen(handler)
  }

  /** `file:line:column` of the last character that was read, counted from 1. */
  get place(): string {
    return `${this.#file}:${this.#saxes.line}:${Math.max(1, this.#saxes.column)}`
  }

  /** How many bytes were read. */
  get bytes(): number {
    this.#countTo(this.#saxes.position - this.#passed)
    return this.#bytes
  }

  write(chunk: Buffer): void {
    this.#parse(this.#references.pass(this.#decoder.write(chunk), false))
  }

  /** Nothing follows. Returns null for a complete document, else the place where it is cut off: saxes throws then. */
  end(): string | null {
    this.#parse(this.#references.pass('', true))
    const place = this.place
    try {
      this.#saxes.close()
      return null
    } catch {
      return place
    }
  }

  #parse({ text, fault }: Stretch): void {
    this.#piece = text
    this.#counted = 0
    try {
      this.#saxes.write(text)
    } catch (error) {
      throw error instanceof FeedError ? error : this.#malformed(wordsOf(error))
    }
    if (fault !== null) throw refusedReference(this.place, fault)
    this.#countTo(text.length)
    this.#passed += text.length
    this.#piece = ''
  }

  /** Every character once, so that it costs the same however often it is asked for. */
  #countTo(at: number): void {
    this.#bytes += Buffer.byteLength(this.#piece.slice(this.#counted, at))
    this.#counted = at
  }

  /** With two more handlers V8 keeps the parser as a hash table, which makes it six times as slow. */
  #listen(handler: XmlHandler): void {
    const saxes = this.#saxes
    saxes.on('opentagstart', () => {
      this.#tagLine = saxes.column === 0 ? saxes.line - 1 : saxes.line // the line end after its name was read as well
    })
    saxes.on('opentag', tag => {
      this.#depth++
      if (this.#depth > LIMITS.depth) throw refusal(this.place, `nested more than ${LIMITS.depth} levels deep`)
      handler.open(tag, this.#tagLine)
    })
    saxes.on('closetag', ({ name }) => {
      this.#depth--
      this.#closed = name
      if (this.#depth === 0) this.#end = this.place
      handler.close()
    })
    saxes.on('text', text => handler.text(text))
    saxes.on('cdata', text => handler.text(text))
  }

  /** Text around the root element is read to its end before saxes complains, so that its place depends on the pieces. */
  #malformed(message: string): FeedError {
    const words = message.replace(/\.$/, '')
    if (words === 'unexpected close tag') {
      return refusal(this.place, `not XML: <${shown(this.#closed)}> is closed by another tag`)
    }
    if (this.#end !== null) return refusal(this.#end, 'more text after the end of the XML document')
    if (words.startsWith('text data outside')) return refusal(this.#start, 'text in front of the root element')
    const found = words.startsWith('disallowed character') ? ` "${printable(this.#lastCharacter())}"` : ''
    return refusal(this.place, `not XML: ${shown(words)}${found}`)
  }

  #lastCharacter(): string {
    const end = this.#saxes.position - this.#passed
    return [...this.#piece.slice(Math.max(0, end - 2), end)].at(-1) ?? ''
  }
}

/** Names may be as long as a hostile document likes. */
function shown(text: string): string {
  return truncate(printable(text), 100)
}

function refusal(place: string, what: string): FeedError {
  return new FeedError(`${place}: ${what}`, { fix: 'Correct it, or export the feed again.' })
}

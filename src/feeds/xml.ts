import { plural, printable, truncate } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import type { ObjectRecord } from '../model/record.ts'
import type { FeedReader } from './feed.ts'
import { LIMITS } from './limits.ts'
import { type ChunkReader, openPages, PAGE } from './pages.ts'
import type { Peekable } from './peekable.ts'
import { XmlElement } from './xml-element.ts'
import { XmlNames } from './xml-names.ts'
import { type XmlHandler, XmlParser, type XmlStart, type XmlTag } from './xml-parser.ts'
import { XmlPath } from './xml-path.ts'

/** Attributes that only declare namespaces. */
const IS_DECLARATION = /^xmlns(:|$)/

/** In which the first tag is found, as the format was recognised by it. */
const HEAD = 64 * 1024

/**
 * RSS and Atom, with Google Merchant's product data or without, and any other document whose records are elements at one
 * path; it is never in memory as a whole.
 */
export const openXml: FeedReader = async (text, options) => {
  const path = new XmlPath(options.records)
  const names = new XmlNames()
  const reader = new DocumentReader(text.file, await dropBlanks(text.bytes), path, names)
  const records = await openPages(text.bytes, reader, PAGE)
  return {
    file: text.file,
    format: 'xml',
    columns: null,
    dialect: null,
    get notes() {
      return [
        ...text.notes,
        ...text.encoding.lateNotes,
        `records at "${printable(path.found ?? '')}"`,
        ...names.notes(),
      ]
    },
    records,
    hasOpenEnd: () => false,
  }
}

/** Blank lines in front of the XML declaration are not XML, but a frequent and harmless slip of scripts. */
async function dropBlanks(bytes: Peekable): Promise<XmlStart> {
  const head = await bytes.peek(HEAD)
  const start = Math.max(0, head.indexOf('<'))
  const lines = head.toString('utf8', 0, start).split(/\r\n|\r|\n/)
  bytes.drop(start)
  return { line: lines.length, column: lines.at(-1)?.length ?? 0 }
}

class DocumentReader implements ChunkReader<ObjectRecord>, XmlHandler {
  readonly #file: string
  readonly #path: XmlPath
  readonly #names: XmlNames
  readonly #parser: XmlParser
  /** The record being read and the elements in it that are open, outermost first. */
  readonly #open: XmlElement[] = []
  #place = ''
  /** Bytes before the record, or before the tag or text around the records. */
  #start = 0
  #count = 0
  #records: ObjectRecord[] = []

  constructor(file: string, start: XmlStart, path: XmlPath, names: XmlNames) {
    this.#file = file
    this.#path = path
    this.#names = names
    this.#parser = new XmlParser(file, start, this)
  }

  read(chunk: Buffer): ObjectRecord[] {
    this.#records = []
    this.#parser.write(chunk)
    this.#refuseLarge(this.#open.length > 0 ? `${this.#place}: a record` : `${this.#file}: a tag, comment or text`)
    return this.#records
  }

  end(): ObjectRecord[] {
    this.#records = []
    const cut = this.#parser.end()
    if (cut !== null) throw cutOff(cut, this.#count)
    if (this.#count === 0) throw noRecords(this.#file, this.#path)
    return this.#records
  }

  resolve(prefix: string): string {
    return this.#names.resolve(prefix)
  }

  open(tag: XmlTag, line: number): void {
    if (this.#open.length > 0) {
      this.#open.push(this.#toElement(tag))
    } else if (this.#path.enter(tag.local)) {
      this.#place = `${this.#file}:${line}`
      this.#open.push(this.#toElement(tag))
    } else this.#passAround()
  }

  text(text: string): void {
    const element = this.#open.at(-1)
    if (element) element.addText(text)
    else this.#passAround()
  }

  close(): void {
    const element = this.#open.pop()
    const parent = this.#open.at(-1)
    if (element && parent) {
      parent.add(element.key, element.value())
      return
    }
    if (element) this.#endRecord(element)
    this.#path.leave()
    this.#passAround()
  }

  /** What is around the records is not kept. */
  #passAround(): void {
    this.#start = this.#parser.bytes
  }

  #toElement(tag: XmlTag): XmlElement {
    const attributes = Object.values(tag.attributes).filter(({ name }) => !IS_DECLARATION.test(name))
    return new XmlElement(
      this.#names.keyOf(tag),
      attributes.map(attribute => [this.#names.keyOf(attribute), attribute.value]),
    )
  }

  #endRecord(record: XmlElement): void {
    this.#refuseLarge(`${this.#place}: a record`)
    this.#records.push({ place: this.#place, value: record.object() })
    this.#count++
  }

  /** A record, or a tag, comment or text around the records, that goes on for longer than a record may. */
  #refuseLarge(what: string): void {
    if (this.#parser.bytes - this.#start <= LIMITS.recordBytes) return
    throw new FeedError(`${what} of more than 1 MiB`, { fix: 'Leave out what is not needed.' })
  }
}

function cutOff(place: string, count: number): FeedError {
  return new FeedError(`${place}: the XML document is cut off after ${plural(count, 'record')}`, {
    fix: 'It was probably cut off on the way: download or export it again.',
  })
}

function noRecords(file: string, path: XmlPath): FeedError {
  const what = path.wanted === null ? 'no <item> or <entry>' : `no element "${printable(path.wanted)}"`
  const seen = [...path.seen.keys()].map(name => truncate(printable(name), 60))
  const example = [...path.seen].find(([, count]) => count > 1)?.[0] ?? 'products.product'
  return new FeedError(`${file} has no records: there is ${what}; the document has ${seen.join(', ')}`, {
    fix: `Say which element is a record, such as --records ${truncate(printable(example), 60)}.`,
  })
}

import type { JsonObject } from '../model/json.ts'

/** The attributes of an element, in their order. */
export type Attributes = readonly (readonly [key: string, value: string])[]

type Value = string | JsonObject

/**
 * An element of a record while it is read. What it becomes:
 * - its text, CDATA included; an empty text when there is none
 * - with elements in it, an object of them: one that repeats is an array of its values, attributes are `@name`, and
 *   text beside the elements is `#text`
 * - with attributes only, as in `<enclosure url="…"/>`, an object of them
 */
export class XmlElement {
  readonly key: string
  readonly #attributes: Attributes
  #members: Map<string, Value | Value[]> | null = null
  #text = ''

  constructor(key: string, attributes: Attributes) {
    this.key = key
    this.#attributes = attributes
  }

  addText(text: string): void {
    this.#text += text
  }

  add(key: string, value: Value): void {
    this.#members ??= new Map()
    const before = this.#members.get(key)
    if (before === undefined) this.#members.set(key, value)
    else if (Array.isArray(before)) before.push(value)
    else this.#members.set(key, [before, value])
  }

  value(): Value {
    const isText = this.#attributes.length === 0 || this.#text.trim() !== ''
    return this.#members === null && isText ? this.#text : this.object()
  }

  /** The same for a record, which is always an object: one with nothing but text has no keys. */
  object(): JsonObject {
    if (this.#members === null) return Object.fromEntries(this.#attributes)
    for (const [key, value] of this.#attributes) this.#members.set(`@${key}`, value)
    if (this.#text.trim() !== '') this.#members.set('#text', this.#text)
    return Object.fromEntries(this.#members)
  }
}

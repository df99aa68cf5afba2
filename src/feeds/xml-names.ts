import { printable, truncate } from '../lib/text.ts'

/** The name of an element or attribute in its namespace. */
export interface QualifiedName {
  /** As written, with the prefix. */
  readonly name: string
  readonly local: string
  readonly uri: string
}

/** The namespace of product data: https://support.google.com/merchants/answer/14987622 */
const GOOGLE = 'http://base.google.com/ns/1.0'
const IS_GOOGLE = /^https?:\/\/base\.google\.com\/ns\/1\.0\/?$/

/** Stands for the namespace of a prefix that the document does not declare. */
const UNDECLARED = 'undeclared:'

/** How many prefixes are remembered for the notes. */
const PREFIXES_SHOWN = 10

/** Gives elements and attributes the keys they have in records, whatever prefixes a document uses. */
export class XmlNames {
  readonly #undeclared = new Set<string>()
  #hasGoogle = false

  /**
   * The namespace of a prefix that is not declared; an empty prefix has none. To forget the declaration of `g` is a
   * frequent slip, and everybody means Google's.
   */
  resolve(prefix: string): string {
    if (prefix === '') return ''
    if (this.#undeclared.size < PREFIXES_SHOWN) this.#undeclared.add(prefix)
    return prefix === 'g' ? GOOGLE : `${UNDECLARED}${prefix}`
  }

  /** `g:…` in Google's namespace, the name as written when its prefix is not declared, else the local name. */
  keyOf({ name, local, uri }: QualifiedName): string {
    if (uri === '') return local
    if (!IS_GOOGLE.test(uri)) return uri.startsWith(UNDECLARED) ? name : local
    this.#hasGoogle = true
    return `g:${local}`
  }

  notes(): string[] {
    const undeclared = [...this.#undeclared].map(prefix => {
      const meaning = prefix === 'g' ? ", taken for Google's" : ''
      return `prefix "${truncate(printable(prefix), 40)}" is not declared${meaning}`
    })
    return [...(this.#hasGoogle ? [`namespace ${GOOGLE} as "g:"`] : []), ...undeclared]
  }
}

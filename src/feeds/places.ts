/** Where one character is in a text, place after place: each is looked for once, however often it is asked for. */
export class Places {
  readonly #text: string
  readonly #character: string
  #next = -1

  constructor(text: string, character: string) {
    this.#text = text
    this.#character = character
  }

  /** The first place from `from` on, or the length of the text; `from` must not be less than before. */
  from(from: number): number {
    if (this.#next >= from) return this.#next
    const found = this.#text.indexOf(this.#character, from)
    this.#next = found === -1 ? this.#text.length : found
    return this.#next
  }
}

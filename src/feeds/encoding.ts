/** What a text is in. Windows-1252 may only be found out while it is read, as long as all before it was plain ASCII. */
export class Encoding {
  /** A byte order mark stands in front. */
  readonly hasMark: boolean
  #name: string
  #foreignLine: number | null = null

  constructor(name: string, hasMark: boolean) {
    this.#name = name
    this.hasMark = hasMark
  }

  /** The standard name, such as `utf-8`. */
  get name(): string {
    return this.#name
  }

  /** True as long as the text has been passed on byte by byte. */
  get isUtf8(): boolean {
    return this.#name === 'utf-8'
  }

  /** What was found out while reading, for people. */
  get lateNotes(): readonly string[] {
    return this.#foreignLine === null ? [] : [`encoding ${this.#name}: line ${this.#foreignLine} is not UTF-8`]
  }

  /** The text is in windows-1252 after all, as seen on this line. */
  turnWestern(line: number): void {
    this.#name = 'windows-1252'
    this.#foreignLine = line
  }
}

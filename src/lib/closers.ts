/** Things to close at the end, in the reverse of the order in which they were opened. */
export class Closers {
  readonly #closers: (() => void | Promise<void>)[] = []

  /** Remembers how to close the thing and gives it back. */
  add<T>(thing: T, close: (thing: T) => void | Promise<void>): T {
    this.#closers.push(() => close(thing))
    return thing
  }

  /** Closes everything, also when one of them fails; then throws the first failure. */
  async close(): Promise<void> {
    const failures: unknown[] = []
    for (let closer = this.#closers.pop(); closer !== undefined; closer = this.#closers.pop()) {
      try {
        await closer()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
}

import { createHash } from 'node:crypto'

/** Choices that are the same for the same seed. */
export interface Chance {
  /** From 0 to 1, without 1. */
  next(): number
  /** True with this probability. */
  is(probability: number): boolean
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  pick<T>(values: readonly T[]): T
  /** Some of them, in their order; each with this probability. */
  some<T>(values: readonly T[], probability: number): T[]
}

export function chanceOf(seed: string): Chance {
  let count = 0
  const next = (): number => {
    const bytes = createHash('sha256').update(`${seed}/${count++}`).digest()
    return bytes.readUInt32BE(0) / 2 ** 32
  }
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    is: probability => next() < probability,
    pick(values) {
      const value = values[between(0, values.length - 1)]
      if (value === undefined) throw new Error('There is nothing to pick from.')
      return value
    },
    some: (values, probability) => values.filter(() => next() < probability),
  }
}

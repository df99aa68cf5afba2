/** "25" items or "10%" of them. */
export interface Limit {
  readonly amount: number
  readonly percent: boolean
}

/** Undefined when the text is neither a number nor a percentage. */
export function parseLimit(text: string): Limit | undefined {
  const match = /^(\d{1,9})(%?)$/.exec(text.trim())
  if (!match) return undefined
  return { amount: Number(match[1]), percent: match[2] === '%' }
}

/** How many of `total` the limit allows; a percentage is rounded up. */
export function allowed({ amount, percent }: Limit, total: number): number {
  return percent ? Math.ceil((total * amount) / 100) : amount
}

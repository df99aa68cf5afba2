/** At most `count` request starts in any sliding window of `perMs` milliseconds, without spacing inside it. */
export interface Rate {
  readonly count: number
  readonly perMs: number
}

/** "10/min", "5/s"; "off" is null. Undefined when the text is none of these. */
export function parseRate(text: string): Rate | null | undefined {
  if (text === 'off') return null
  const match = /^([1-9]\d{0,6})\/(s|min)$/.exec(text.trim())
  if (!match) return undefined
  return { count: Number(match[1]), perMs: match[2] === 's' ? 1000 : 60_000 }
}

export function formatRate(rate: Rate | null): string {
  if (rate === null) return 'off'
  return `${rate.count}/${rate.perMs === 1000 ? 's' : 'min'}`
}

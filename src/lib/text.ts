/** The candidate nearest to the word by edit distance, if any is near enough to be a likely slip. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const limit = Math.min(Math.max(2, Math.floor(word.length / 3)), word.length - 1)
  let best: string | null = null
  let bestDistance = limit + 1
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(swap, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    previous = row
  }
  return previous[b.length] ?? 0
}

/** At most `length` UTF-16 units, with an ellipsis where something was cut. */
export function truncate(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** "1 image", "3 images". */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** "850 ms", "4.1 s", "3 min 20 s", "2 h 5 min". */
export function duration(ms: number): string {
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`
  if (Math.round(ms / 100) < 600) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/**
 * Makes foreign text safe to print: control characters, the C1 range and characters that change the direction or
 * hide text become visible as \u{…}, so that a feed or a server can neither forge lines nor drive a terminal. So do the signs
 * by which CI runners know commands in a log: `::` at the start of a line (GitHub), `##[` and `##vso[` anywhere (Azure, GitHub).
 */
export function printable(text: string): string {
  return text.replace(HIDDEN, visible).replace(COMMAND_START, '$1\\u{3a}').replace(COMMAND_INSIDE, '#\\u{23}')
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const COMMAND_START = /^(\s*):(?=:)/
const COMMAND_INSIDE = /##(?=\[|vso\[)/g

function visible(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`
}

/** What an error says, whatever was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The same text, cut off from the one that it may be a slice of, which it would keep in memory. */
export function alone(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le')
}

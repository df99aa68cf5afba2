import type { Catalog } from '../catalog/index.ts'
import type { PastRun } from '../ledger/past.ts'
import { nearest } from '../lib/text.ts'

/** Enough to find a slip of the finger without reading every run of a large shop. */
const MOST_LINES = 200_000
const NEAR = 3

/** The known codes that look most like this one, nearest first. */
export function nearCodes(code: string, pasts: readonly PastRun[], catalog: Catalog | null): string[] {
  const candidates = new Set<string>()
  let lines = 0
  for (const known of codesOf(pasts, catalog)) {
    if (++lines > MOST_LINES) break
    if (known !== null && Math.abs(known.length - code.length) <= code.length / 3 + 2) candidates.add(known)
  }
  const found: string[] = []
  while (found.length < NEAR) {
    const next = nearest(code, [...candidates])
    if (next === null) break
    found.push(next)
    candidates.delete(next)
  }
  return found
}

function* codesOf(pasts: readonly PastRun[], catalog: Catalog | null): Generator<string | null> {
  if (catalog !== null) for (const { code } of catalog.entries()) yield code
  for (const past of pasts) {
    for (const { id, name } of past.targets) for (const { code } of past.outcomes(id, name)) yield code
  }
}

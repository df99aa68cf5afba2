/** Exit codes, as promised to cron jobs and CI steps. */
export const EXIT = {
  ok: 0,
  items: 1,
  usage: 2,
  feed: 3,
  credentials: 4,
  temporary: 5,
  locked: 6,
  ledger: 7,
  limit: 8,
  output: 9,
  changes: 10,
  defect: 70,
} as const

const SIGNAL = 128
const BY_SEVERITY: readonly number[] = [
  EXIT.defect,
  SIGNAL,
  EXIT.ledger,
  EXIT.output,
  EXIT.credentials,
  EXIT.limit,
  EXIT.temporary,
  EXIT.items,
  EXIT.changes,
  EXIT.ok,
]

/** When several hold, the most severe wins: 70, 128+n, 7, 9, 4, 8, 5, 1, 10, 0. */
export function mostSevere(codes: readonly number[]): number {
  return codes.reduce<number>((worst, code) => (severity(code) < severity(worst) ? code : worst), EXIT.ok)
}

function severity(code: number): number {
  return BY_SEVERITY.indexOf(code > SIGNAL ? SIGNAL : code)
}

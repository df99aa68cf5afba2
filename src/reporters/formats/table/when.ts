const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A moment for people, in UTC as ids of runs and messages are: "2026-11-22 03:15 UTC". */
export function timeOf(iso: string): string {
  return `${utc(iso).slice(0, 'YYYY-MM-DD hh:mm'.length)} UTC`
}

/** "03:15:42 UTC". */
export function clockOf(iso: string): string {
  return `${utc(iso).slice('YYYY-MM-DD '.length, 'YYYY-MM-DD hh:mm:ss'.length)} UTC`
}

/** "just now", "5 min ago", "3 h ago", "12 days ago". */
export function ago(iso: string, now: string): string {
  const passed = Date.parse(now) - Date.parse(iso)
  if (passed < MINUTE) return 'just now'
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`
  if (passed < 2 * DAY) return `${Math.floor(passed / HOUR)} h ago`
  return `${Math.floor(passed / DAY)} days ago`
}

/** Whatever the zone in which the moment was written. */
function utc(iso: string): string {
  return new Date(iso).toISOString().replace('T', ' ')
}

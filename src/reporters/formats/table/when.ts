const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A moment for people, in the time zone of the machine: "2026-11-22 03:15". */
export function localTime(iso: string): string {
  // Sweden writes dates and times as ISO 8601 does.
  return new Date(iso).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
}

/** "03:15:42", in the time zone of the machine. */
export function localClock(iso: string): string {
  return new Date(iso).toLocaleTimeString('sv-SE')
}

/** "just now", "5 min ago", "3 h ago", "12 days ago". */
export function ago(iso: string, now: string): string {
  const passed = Date.parse(now) - Date.parse(iso)
  if (passed < MINUTE) return 'just now'
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`
  if (passed < 2 * DAY) return `${Math.floor(passed / HOUR)} h ago`
  return `${Math.floor(passed / DAY)} days ago`
}

const SECONDS = /^\d{1,9}$/
/** The date form that servers must send: RFC 9110, section 5.6.7. */
const DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** Milliseconds that a Retry-After header asks for, or null when it asks for none that can be read. */
export function retryAfter(header: string | string[] | undefined, wall: number): number | null {
  const value = typeof header === 'string' ? header.trim() : ''
  if (SECONDS.test(value)) return Number(value) * 1000
  const until = DATE.test(value) ? Date.parse(value) : Number.NaN
  return until > wall ? until - wall : null
}

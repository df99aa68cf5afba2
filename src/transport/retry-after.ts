const SECONDS = /^\d{1,9}$/
/** The three date forms of RFC 9110, section 5.6.7. The last one means UTC without saying so. */
const IMF = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const RFC850 = /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/
const ASCTIME = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/**
 * Milliseconds that a Retry-After header asks for, or null when there is none that can be read. A date is compared with the
 * answer's own Date header, so that a wrong local clock does no harm. A date in the past is null.
 */
export function retryAfter(headers: Readonly<Record<string, string>>, wall: number): number | null {
  const value = headers['retry-after']?.trim()
  if (value === undefined) return null
  if (SECONDS.test(value)) return Number(value) * 1000
  const until = httpDate(value)
  if (until === null) return null
  const wait = until - (httpDate(headers.date?.trim() ?? '') ?? wall)
  return wait > 0 ? wait : null
}

function httpDate(text: string): number | null {
  const time =
    IMF.test(text) || RFC850.test(text) ? Date.parse(text) : ASCTIME.test(text) ? Date.parse(`${text} GMT`) : Number.NaN
  return Number.isNaN(time) ? null : time
}

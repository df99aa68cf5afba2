const SECONDS = /^\d{1,9}$/
/** The three date forms of RFC 9110, section 5.6.7. The last one means UTC without saying so. */
const IMF = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const RFC850 = /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/
const ASCTIME = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/** Header names are in lower case; a header that came twice is a list, or one text joined by commas. */
type Headers = Readonly<Record<string, string | string[] | undefined>>

/**
 * Milliseconds that a Retry-After header asks for, or null when there is none that can be read. A date is compared with the
 * answer's own Date header, so that a wrong local clock does no harm. A date in the past is null.
 *
 * @param wall milliseconds since the epoch, for answers without a Date
 */
export function retryAfter(headers: Headers, wall: number): number | null {
  const value = single(headers['retry-after'])
  if (SECONDS.test(value)) return Number(value) * 1000
  const until = httpDate(value)
  if (until === null) return null
  const wait = until - (httpDate(single(headers.date)) ?? wall)
  return wait > 0 ? wait : null
}

function single(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header.trim() : ''
}

function httpDate(text: string): number | null {
  const time =
    IMF.test(text) || RFC850.test(text) ? Date.parse(text) : ASCTIME.test(text) ? Date.parse(`${text} GMT`) : Number.NaN
  return Number.isNaN(time) ? null : time
}

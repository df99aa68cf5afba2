/** From one second on: a moment since 1970 has more digits, a date none. */
const SECONDS = /^[1-9]\d{0,8}$/
/** The name of a policy may hold commas and semicolons. */
const NAME = /"[^"]*"/g

/** What is left of a limit, and the seconds until it is whole again; both as they were written. */
interface Quota {
  readonly left: string | undefined
  readonly reset: string | undefined
}

/**
 * Milliseconds until a limit that is used up is whole again, in any of the forms that the drafts of the RateLimit header fields had
 * (draft-ietf-httpapi-ratelimit-headers): for refusals without a Retry-After. Null when none is used up or nothing can be read.
 *
 * @param headers names in lower case
 */
export function quotaReset(headers: Readonly<Record<string, string>>): number | null {
  const waits = quotasIn(headers).flatMap(({ left = '0', reset = '' }) =>
    left.trim() === '0' && SECONDS.test(reset.trim()) ? [Number(reset) * 1000] : [],
  )
  return waits.length === 0 ? null : Math.max(...waits)
}

/** `"hour";r=0;t=90, "day";r=5;t=80000`; before that it was `limit=100, remaining=0, reset=90`, and at first three headers. */
function quotasIn({
  ratelimit,
  'ratelimit-remaining': left,
  'ratelimit-reset': reset,
}: Readonly<Record<string, string>>): Quota[] {
  if (ratelimit === undefined) return [{ left, reset }]
  const parts = ratelimit.replace(NAME, '').split(',')
  const whole = valuesIn(parts)
  if (whole.has('reset')) return [{ left: whole.get('remaining'), reset: whole.get('reset') }]
  return parts.map(policy => valuesIn(policy.split(';'))).map(each => ({ left: each.get('r'), reset: each.get('t') }))
}

/** Of `name=value`; what has no value is not in it. */
function valuesIn(parts: readonly string[]): Map<string, string> {
  return new Map(
    parts.flatMap(part => {
      const at = part.indexOf('=')
      return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1)] as const]
    }),
  )
}

import type { Clock } from '../lib/clock.ts'
import { duration } from '../lib/text.ts'
import { Fault } from '../model/fault.ts'
import type { Send } from '../model/http.ts'

/** One deadline for the whole exchange, body included; `abort` ends it at once. */
export function timeout(ms: number, clock: Clock, abort: AbortSignal): (next: Send) => Send {
  return next => async request => {
    const controller = new AbortController()
    const giveUp = (): void =>
      controller.abort(
        new Fault('stopped', 'The run was stopped before the answer came.', { reason: 'aborted', attempts: 1 }),
      )
    const cancel = clock.after(ms, () =>
      controller.abort(
        new Fault('ambiguous', `no complete answer within ${duration(ms)}`, { reason: 'timeout', attempts: 1 }),
      ),
    )
    if (abort.aborted) giveUp()
    abort.addEventListener('abort', giveUp, { once: true })
    try {
      return await next({ ...request, signal: controller.signal })
    } finally {
      cancel()
      abort.removeEventListener('abort', giveUp)
    }
  }
}

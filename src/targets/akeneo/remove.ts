import { Fault } from '../../model/fault.ts'
import type { SentItem } from '../../model/item.ts'
import type { Verdict } from '../../model/outcome.ts'
import { each } from '../each.ts'
import type { Io, ItemAnswer } from '../target.ts'
import { rest } from './address.ts'
import { requestIdOf, unreadable } from './answers.ts'
import type { AkeneoOptions } from './options.ts'

/** Deletes assets, one request each. An asset that is gone already is as good. */
export function remove(items: readonly SentItem[], io: Io, { family }: AkeneoOptions): Promise<readonly ItemAnswer[]> {
  return each(items, io, async ({ key }, { send }) => {
    try {
      const url = rest(io, 'asset-families', family, 'assets', key)
      const response = await send({ method: 'DELETE', url, headers: {}, body: null })
      if (response.status !== 204) throw unreadable(response, undefined)
      return deleted(response.status, requestIdOf(response))
    } catch (error) {
      if (error instanceof Fault && error.http === 404 && error.kind === 'refused') return deleted(404, error.requestId)
      throw error
    }
  })
}

function deleted(http: number, requestId: string | null): Verdict {
  return { status: 'deleted', reason: null, message: null, remoteId: null, http, requestId }
}

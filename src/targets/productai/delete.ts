import { Fault } from '../../model/fault.ts'
import type { SentItem } from '../../model/item.ts'
import type { Verdict } from '../../model/outcome.ts'
import { each } from '../each.ts'
import type { Io, ItemAnswer } from '../target.ts'
import { requestIdOf, unreadable } from './answers.ts'
import { assetsOf, type Facts } from './facts.ts'

const DELETED = 204
const GONE = 404

/** Deletes an asset for good; one that is not there any more is deleted too. */
export async function deleteAsset(id: string, { send, baseUrl }: Io): Promise<Pick<Verdict, 'http' | 'requestId'>> {
  const url = `${baseUrl}/assets/${encodeURIComponent(id)}`
  try {
    const response = await send({ method: 'DELETE', url, headers: {}, body: null })
    if (response.status !== DELETED) throw unreadable(response, `expected ${DELETED}`)
    return { http: response.status, requestId: requestIdOf(response) }
  } catch (error) {
    if (error instanceof Fault && error.kind === 'refused' && error.http === GONE)
      return { http: GONE, requestId: error.requestId }
    throw error
  }
}

/** Deletes the assets of these items. */
export function remove(
  items: readonly SentItem[],
  io: Io,
  _options: unknown,
  facts: Facts,
): Promise<readonly ItemAnswer[]> {
  return each(items, io, async (item, itemIo) => {
    let answer: Pick<Verdict, 'http' | 'requestId'> = { http: null, requestId: null }
    for (const id of idsOf(item, facts)) answer = await deleteAsset(id, itemIo)
    return { ...answer, status: 'deleted', reason: null, message: null, remoteId: item.remoteId }
  })
}

/** After a request without an answer there may be another asset than the one that the ledger knows. */
function idsOf(item: SentItem, facts: Facts): ReadonlySet<string> {
  const { remoteId, doubtful } = item
  const tagged = assetsOf(item, facts).filter(({ status }) => doubtful || status === 'failed')
  return new Set([...(remoteId === null ? [] : [remoteId]), ...tagged.map(({ id }) => id)])
}

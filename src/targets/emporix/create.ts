import { Fault } from '../../model/fault.ts'
import type { Verdict } from '../../model/outcome.ts'
import { parseJson } from '../answer.ts'
import type { Io } from '../target.ts'
import { unreadable } from './answers.ts'
import { assetsOf, findTwin } from './asset.ts'
import { type Entry, isEntry } from './pages.ts'
import { passed } from './verdicts.ts'
import { createBody, type Wanted, write } from './wanted.ts'

/** Never sent twice: after an answer that cannot be relied on, the new asset is looked for among those of its product. */
export async function create(wanted: Wanted, before: readonly Entry[], io: Io, assets: string): Promise<Verdict> {
  const request = await write('POST', assets, createBody(wanted), wanted)
  try {
    const response = await io.send(request)
    const asset = parseJson(response.body)
    if (response.status !== 201 || !isEntry(asset)) throw unreadable(response, 'id of the new asset')
    return passed('created', asset.id, response)
  } catch (error) {
    if (!(error instanceof Fault) || (error.kind !== 'ambiguous' && error.kind !== 'unreadable')) throw error
    const { http, requestId, message } = error
    const made = await lookAgain(wanted, before, io, assets)
    if (made !== null) return { ...passed('created', made.id), http, requestId }
    const why = 'The asset is not there, but may still come, so it was not sent again. The next push looks for it.'
    const words = `${message.replace(/\.$/, '')}. ${why}`
    return { status: 'unknown', reason: 'no-answer', message: words, remoteId: null, http, requestId }
  }
}

async function lookAgain(wanted: Wanted, before: readonly Entry[], io: Io, assets: string): Promise<Entry | null> {
  const known = new Set(before.map(({ id }) => id))
  try {
    const now = await assetsOf(io, assets, wanted.ref.id)
    const news = now.filter(({ id }) => !known.has(id))
    return findTwin(news, wanted) ?? null
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

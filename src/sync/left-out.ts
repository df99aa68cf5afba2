import type { Ledger } from '../ledger/ledger.ts'
import type { PastRun } from '../ledger/past.ts'
import { plural } from '../lib/text.ts'
import { sourceName } from './header.ts'
import { identityOf } from './lanes.ts'
import { plannedAt, stepsOf } from './past-steps.ts'
import type { RetryRequest } from './request.ts'

/** What is left out although it failed or was skipped. */
interface Missed {
  readonly name: string
  readonly items: number
  /** A target of this command has its name, but another address or account. */
  readonly hasMoved: boolean
}

/** What nobody left out knowingly may be missed, when a target was renamed or has moved since. */
export function missedIn(pasts: readonly PastRun[], request: RetryRequest): readonly Missed[] {
  const { config, only = [], selection } = request
  return pasts.flatMap(past => {
    const asked = config.targets.map(configured => plannedAt(past, configured, request))
    return past.targets.flatMap(({ id, name }) => {
      if (asked.includes(id) || (only.length > 0 && !only.includes(name))) return []
      let items = 0
      for (const _ of stepsOf(past, id, selection.only)) items++
      return items === 0 ? [] : [{ name, items, hasMoved: config.targets.some(each => each.name === name) }]
    })
  })
}

export function missedWords({ name, items, hasMoved }: Missed, source: string, request: RetryRequest): string {
  const what = `${name}: ${plural(items, 'failed or skipped item')} left out`
  if (!hasMoved) return `${what}, as this command has no target of that name.`
  const { pushLine } = request
  const way = pushLine === undefined ? 'Push their feed.' : `Send them with: ${pushLine(feedsOf(source, request))}`
  return `${what}, as the target has another address or account by now. ${way}`
}

/** It is not for want of asking that they are left out. */
export function unknownWords({ config, sandbox }: RetryRequest, ledger: Ledger): string[] {
  return config.targets.flatMap(configured => {
    const id = ledger.find(identityOf(configured, sandbox))
    let items = 0
    for (const _ of id === null ? [] : ledger.unknowns(id)) items++
    if (items === 0) return []
    const are = items === 1 ? 'item is' : 'items are'
    return [`${configured.name}: ${items} ${are} unknown and not sent again; "assetsync reconcile" settles that.`]
  })
}

/** What a push has to name to be about the source. */
function feedsOf(source: string, { config }: RetryRequest): readonly string[] | null {
  const { name, files } = config.feed
  if (files.length > 0 && sourceName({ config, sources: files }) === source) return []
  const isPlain = name !== source && /^[\w./\\:@+-]+$/.test(source)
  return isPlain ? [source] : null
}

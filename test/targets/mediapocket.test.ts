import { mediapocket } from '../../src/targets/mediapocket/index.ts'
import type { MediaPocketOptions } from '../../src/targets/mediapocket/options.ts'
import type { Target } from '../../src/targets/target.ts'
import { describeTarget } from './contract.ts'

/** Ids by external id, as a ledger keeps them. */
const ids = new Map<string, string>()

/** Media Pocket cannot be searched: what is updated has to bring the id that the ledger knows. */
const remembering: Target<MediaPocketOptions> = {
  ...mediapocket,
  push({ action, items }, io, options, facts) {
    const known = items.map(item => ({ ...item, remoteId: action === 'update' ? (ids.get(item.key) ?? null) : null }))
    return mediapocket.push(
      { action, items: known },
      { ...io, note: ({ key }, remoteId) => void ids.set(key, remoteId) },
      options,
      facts,
    )
  },
}

describeTarget(remembering, { readsOneByOne: true })

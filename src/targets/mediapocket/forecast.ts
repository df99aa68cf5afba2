import type { SentItem } from '../../model/item.ts'
import { type Forecaster, Requests } from '../forecast.ts'
import type { MediaPocketOptions } from './options.ts'

/** The asset, then its image; of an asset that is known, the image that it has is taken off in between. */
export function forecaster({ media }: MediaPocketOptions): Forecaster {
  const requests = new Requests()
  const sending = ({ remoteId }: SentItem) => (media ? (remoteId === null ? 2 : 3) : 1)
  return {
    add({ action, items }) {
      for (const item of items)
        requests.add(action, action === 'delete' ? Number(item.remoteId !== null) : sending(item))
    },
    total: () => requests.total(),
  }
}

import { Refused } from './answers.ts'
import type { Call } from './call.ts'
import type { Fields } from './fields.ts'
import { isInTrash } from './find.ts'
import { placeOf } from './place.ts'
import type { Asset } from './store.ts'

/** Throws Refused when the external id is that of an asset other than the call's. The answer does not say which. */
export function refuseTaken(call: Call, { external_id }: Fields): void {
  if (external_id === null) return
  const others = call.store.withExternalId(external_id).filter(({ id }) => id !== call.id)
  if (others.some(asset => isHolder(asset, call))) throw new Refused(400, 'External id has already been taken')
}

/** Throws Refused when the sandbox was asked to let this asset fail. */
export function refuseFailing(call: Call, { external_id, title }: Fields): void {
  const code = external_id === null ? title : placeOf(external_id).code
  if (call.fails(code)) throw new Refused(422, 'The asset could not be saved')
}

function isHolder(asset: Asset, { behaviour, now }: Call): boolean {
  return asset.trashed === null || (behaviour.trashKeepsExternalId !== false && isInTrash(asset, now))
}

import { Fault } from '../../model/fault.ts'
import { isJsonObject } from '../../model/json.ts'
import type { Verdict } from '../../model/outcome.ts'
import type { Io } from '../target.ts'
import { encoded } from './addresses.ts'
import { unreadable } from './answers.ts'
import { readAsset } from './asset.ts'
import type { Entry } from './pages.ts'
import { failed, passed } from './verdicts.ts'
import { updateBody, type Wanted, write } from './wanted.ts'

/** Makes the asset what is wanted; after a conflict once more, with what somebody else has written in between. */
export async function update(held: Entry, wanted: Wanted, io: Io, assets: string): Promise<Verdict> {
  try {
    return await replace(held, wanted, io, assets)
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'refused' || error.http !== 409) throw error
    const fresh = await readAsset(io, assets, held.id)
    if (fresh === null) throw error
    return replace(fresh, wanted, io, assets)
  }
}

async function replace(held: Entry, wanted: Wanted, io: Io, assets: string): Promise<Verdict> {
  if (held.type !== wanted.type || held.access !== wanted.access) return immutable(held, wanted)
  const body = updateBody(wanted, held, versionOf(held))
  const response = await io.send(await write('PUT', `${assets}/${encoded(held.id)}`, body, wanted))
  if (response.status !== 204) throw unreadable(response, 'confirmation of the update (204)')
  return passed('updated', held.id, response)
}

/** "The `type` and `access` properties are immutable." To delete an asset for that is not decided here. */
function immutable({ id, type, access }: Entry, wanted: Wanted): Verdict {
  const change = `Emporix holds this image as ${access} ${type} and cannot make it ${wanted.access} ${wanted.type}.`
  return failed('immutable', `${change} Delete asset ${id} there and push again, or set upload and access back.`, id)
}

function versionOf({ id, metadata }: Entry): number {
  if (isJsonObject(metadata) && typeof metadata.version === 'number') return metadata.version
  throw new Fault('unreadable', `Emporix names no version of asset ${id}, without which it must not be changed.`)
}

import type { Catalog } from '../catalog/index.ts'
import type { ConfiguredTarget } from '../config/config.ts'
import { type Planning, planSteps } from '../engine/plan.ts'
import { mayArriveAt } from '../engine/settle-window.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { digest } from '../lib/hash.ts'
import { redactor } from '../lib/redact.ts'
import type { Item } from '../model/item.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import { isSend, type Step } from '../model/step.ts'
import type { PlannedNow, Subject } from './explain-sources.ts'
import { plannedStep } from './planned-step.ts'
import { NOBODY_NAMES, whoNamesAt } from './who-names.ts'

/** What a push of the feed would do with a code at a target: the whole feed is compared, as other codes may claim its keys. */
export function plannedNow(
  { configured, id }: Subject,
  code: string,
  { catalog, source }: { readonly catalog: Catalog; readonly source: string },
  ledger: Ledger | null,
  now: number,
): PlannedNow[] {
  if (configured === null) return []
  const { target, options } = configured
  const known = ledger === null || id === null ? null : { ledger, id }
  const planning: Planning = {
    entries: () => catalog.entries(),
    target,
    options,
    full: false,
    held: keys => known?.ledger.held(known.id, keys) ?? new Map(),
    mayArrive: known === null ? () => new Set() : mayArriveAt(target, known.id, known.ledger, now),
    whoNames: known === null ? NOBODY_NAMES : whoNamesAt({ ...known, catalog, source }),
    pruning: null,
  }
  const found: PlannedNow[] = []
  for (const step of planSteps(planning)) {
    const planned = plannedStep(configured.name, step)
    if (planned.code !== code) continue
    const { key, action, changes, reason, message, source } = planned
    found.push({ key, step: { action, changes, payload: payloadIn(step, configured), reason, message, source } })
  }
  return found
}

function payloadIn(step: Step, configured: ConfiguredTarget): Json | null {
  return isSend(step) ? payloadOf(step.item, configured).payload : null
}

/** What is sent for an item, without secrets, and the fingerprint that it has in plans. */
export function payloadOf(
  item: Item,
  { target, options, secrets }: ConfiguredTarget,
): { readonly payload: Json; readonly fingerprint: string } {
  const payload = target.payload(item, options)
  return { payload: masked(payload, redactor(secrets)), fingerprint: digest(JSON.stringify(payload)) }
}

function masked(value: Json, redact: (text: string) => string): Json {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(each => masked(each, redact))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, masked(each, redact)]))
}

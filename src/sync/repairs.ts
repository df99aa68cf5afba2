import type { Finding, Repair, RepairWork } from '../model/verification.ts'

/** Codes that one command may name; for more, all products are pushed. */
const MOST_CODES = 20
const ORDER: readonly Repair[] = ['push', 'push-full', 'fresh-ledger']

/** Gathers what has to be done for the findings, in bounded memory. */
export class Repairs {
  readonly #work = new Map<Repair, { readonly targets: Set<string>; readonly codes: Set<string> }>()

  add({ repair, target, code }: Finding): void {
    if (repair === null) return
    const work = this.#work.get(repair) ?? { targets: new Set(), codes: new Set() }
    this.#work.set(repair, work)
    work.targets.add(target)
    if (work.codes.size <= MOST_CODES) work.codes.add(code)
  }

  all(): readonly RepairWork[] {
    return ORDER.flatMap(repair => {
      const work = this.#work.get(repair)
      if (work === undefined) return []
      const codes = work.codes.size > MOST_CODES ? null : [...work.codes]
      return [{ repair, targets: [...work.targets], codes }]
    })
  }
}

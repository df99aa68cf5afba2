import { akeneo } from '../../src/targets/akeneo/index.ts'
import type { AkeneoOptions } from '../../src/targets/akeneo/options.ts'
import type { ItemAnswer, PendingItem, Target } from '../../src/targets/target.ts'
import { describeTarget, HOSTILE_CODES } from './contract.ts'

/** A push with what follows when all batches are sent: only then does a product show its assets, under its own code. */
const linking: Target<AkeneoOptions, Parameters<typeof akeneo.push>[3]> = {
  ...akeneo,
  async push(load, io, options, facts) {
    const answers = await akeneo.push(load, io, options, facts)
    const pending = load.items.flatMap((item, at): PendingItem[] => {
      const answer = answers[at]
      return answer?.status === 'pending' ? [{ item, meanwhile: answer.meanwhile }] : []
    })
    const settled = (await akeneo.settle?.(pending, io, options, facts)) ?? []
    const found = new Map(pending.map(({ item }, at): [unknown, ItemAnswer | undefined] => [item, settled[at]]))
    return answers.map((answer, at) => found.get(load.items[at]) ?? answer)
  },
}

/** The last hostile code makes the same asset code as another one, which the engine rejects as a collision. */
describeTarget(linking, {
  options: { link: { attribute: 'packshots' } },
  codes: HOSTILE_CODES.slice(0, -1),
  readsOneByOne: true, // with link: each product's collection
})

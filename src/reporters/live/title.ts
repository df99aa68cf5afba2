import { printable } from '../../lib/text.ts'
import type { Look } from '../reporter.ts'
import { marks } from '../style.ts'
import { counted, inSeconds } from './facts.ts'
import { isFinished, type RunState } from './state.ts'

/** What is going on now, and since when: "Reading… 12,000 records  4 s". */
export function titleOf(state: RunState, now: number, look: Pick<Look, 'unicode'>): string {
  const ms = now - state.since
  const since = ms < 1000 ? [] : [`  ${inSeconds(Math.floor(ms / 1000) * 1000)}`]
  return [wordsOf(state, marks(look).ellipsis), ...since].join('')
}

function wordsOf(state: RunState, ellipsis: string): string {
  const { records, products, planning, asked, activity } = state
  if (state.isStopping) return `Stopping${ellipsis}`
  switch (state.phase) {
    case 'starting':
      return `Starting${ellipsis}`
    case 'reading':
      return `Reading${ellipsis}${records > 0 ? ` ${counted(records, 'record')}` : ''}`
    case 'planning':
      if (planning !== null)
        return `Planning${ellipsis} ${printable(planning.target)} ${counted(planning.items, 'item')}`
      return `Planning${ellipsis}${products === null ? '' : ` ${counted(products, 'product')}`}`
    case 'asking': {
      const requests = [...asked.values()].reduce((sum, each) => sum + each, 0)
      return `Asking ${[...asked.keys()].map(printable).join(', ')}${ellipsis} ${counted(requests, 'request')}`
    }
    case 'sending': {
      const targets = [...state.targets.values()]
      if (targets.every(isFinished)) return `Finishing${ellipsis}`
      if (targets.every(target => target.isHalted || isFinished(target))) return `Stopping${ellipsis}`
      return `${activity} ${counted(targets.length, 'target')}`
    }
  }
}

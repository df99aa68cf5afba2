import type { Outcome } from '../../src/model/outcome.ts'
import type { Run, Witness } from './world.ts'

/** True unless it is one of the commands that follow up on a push. */
export function isPush({ push }: Run): boolean {
  return (push.command ?? 'push') === 'push'
}

/** What each command beside push is about: what was told last of an item, and since when. */
const ABOUT = {
  retry: { statuses: ['failed', 'skipped'], since: isPush },
  reconcile: { statuses: ['unknown'], since: () => false },
}

/** I5: a retry is about what failed or was skipped since the last push, a reconcile about what is unknown: no less, no more. */
export function again(run: Run, { runs }: Witness): string[] {
  const { command = 'push' } = run.push
  if (command === 'push') return []
  const { statuses, since } = ABOUT[command]
  const posted = command === 'retry' ? [] : run.entries.filter(({ isWrite, method }) => isWrite && method === 'POST')
  const found = posted.map(({ target, kind }) => `I2 ${target} was sent something by a reconcile: ${kind}`)
  const before = runs.slice(0, run.no - 1)
  if ([...before, run].some(({ code }) => code === null)) return found // a killed run tells nothing
  const counted = before.slice(Math.max(0, before.findLastIndex(since)))
  const last = new Map(counted.flatMap(({ outcomes }) => outcomes).map(each => [nameOf(each), each.status]))
  const expected = [...last].filter(([, status]) => statuses.includes(status)).map(([name]) => name)
  const told = run.outcomes.map(nameOf)
  return [
    ...found,
    ...told.filter(name => !expected.includes(name)).map(name => `I5 ${command} is about ${name}`),
    ...expected.filter(name => !told.includes(name)).map(name => `I5 ${command} leaves out ${name}`),
  ]
}

function nameOf({ target, key }: Outcome): string {
  return `${target} ${key}`
}

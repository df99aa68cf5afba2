import type { Run } from './world.ts'

/** Everything that happened in a run, for somebody who looks for the reason of a violation. */
export function protocolOf({ no, code, stderr, entries, outcomes, state, push }: Run): string {
  const requests = entries.map(({ target, no, kind, items, status, phase, fault }) => {
    return `  ${target} ${no} ${kind} items ${items}, ${status ?? 'not carried out'}, ${phase} ${fault?.name ?? ''}`
  })
  const lines = outcomes.map(({ target, key, status, reason, attempts, remoteId, message }) => {
    return `  ${target} ${key} ${status} ${reason} attempts ${attempts} ${remoteId} ${message ?? ''}`
  })
  const held = Object.entries(state).map(([target, { galleries }]) => `  ${target} ${JSON.stringify(galleries)}`)
  const feed = `  feed ${JSON.stringify(push.feed)} ${push.options?.join(' ')}`
  return [`run ${no}: exit ${code}`, feed, ...requests, ...lines, ...held, stderr].join('\n')
}

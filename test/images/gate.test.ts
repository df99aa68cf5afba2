import { describe, expect, it } from 'vitest'
import { createGate } from '../../src/images/gate.ts'
import { quiet } from '../helpers/clock.ts'

describe('gate', () => {
  it('lets only so many through at once, in the order in which they came', async () => {
    const gate = createGate(2)
    const started: string[] = []
    const finish: (() => void)[] = []
    const all = ['lamp', 'sofa', 'shelf', 'stool'].map(name =>
      gate(async () => {
        started.push(name)
        await new Promise<void>(resolve => finish.push(resolve))
        return name
      }),
    )
    await quiet()
    expect(started).toEqual(['lamp', 'sofa'])
    finish.shift()?.()
    await quiet()
    expect(started).toEqual(['lamp', 'sofa', 'shelf'])
    for (let next = finish.shift(); next !== undefined; next = finish.shift()) {
      next()
      await quiet()
    }
    expect(await Promise.all(all)).toEqual(['lamp', 'sofa', 'shelf', 'stool'])
  })

  it('has its place free again when one fails', async () => {
    const gate = createGate(1)
    const failing = gate(() => Promise.reject(new Error('the lamp fell')))
    const next = gate(async () => 'sofa')
    await expect(failing).rejects.toThrow('the lamp fell')
    expect([await next, await gate(async () => 'shelf')]).toEqual(['sofa', 'shelf'])
  })
})

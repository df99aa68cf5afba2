import { describe, expect, it } from 'vitest'
import { EXIT } from '../../src/model/exit.ts'
import { verdictOf } from '../../src/reporters/document/verdict.ts'
import { aPlan, aStep } from './documents.ts'

describe('the verdict of a plan', () => {
  const changes = 'A push would change 1 of 1 item: 1 to create.'

  it('says what a push would change', () => {
    expect(verdictOf(aPlan([aStep()]))).toEqual({ tone: 'good', text: changes })
  })

  it('promises nothing that a guard would hold back', () => {
    expect(verdictOf(aPlan([aStep()], { exitCode: EXIT.limit }))).toEqual({
      tone: 'warning',
      text: `${changes} A safety limit would hold something back.`,
    })
  })

  it('says how many cannot be sent', () => {
    const steps = [aStep(), aStep({ code: 'SOFA-3', action: 'reject', reason: 'url-invalid' })]
    expect(verdictOf(aPlan(steps, { exitCode: EXIT.items }))).toEqual({
      tone: 'warning',
      text: 'A push would change 1 of 2 items: 1 to create. 1 cannot be sent.',
    })
  })
})

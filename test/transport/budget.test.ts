import { describe, expect, it } from 'vitest'
import { type Budget, createBudget } from '../../src/transport/budget.ts'
import { aFault } from '../helpers/http.ts'

const LOST = aFault('ambiguous')
const TIMEOUT = aFault('ambiguous', { reason: 'timeout' })

/** How many retries it pays for in a row. */
function affordable(budget: Budget, fault = LOST): number {
  let count = 0
  while (budget.spend(fault) !== null) count++
  return count
}

describe('retry budget', () => {
  it('starts full: a hundred retries, or fifty after timeouts', () => {
    expect([affordable(createBudget()), affordable(createBudget(), TIMEOUT)]).toEqual([100, 50])
  })

  it('earns one retry by five answers', () => {
    const budget = createBudget()
    affordable(budget)
    for (let answers = 0; answers < 10; answers++) budget.earn(null)
    expect(affordable(budget)).toBe(2)
  })

  it('gets back what a retry cost that was answered', () => {
    const budget = createBudget()
    for (let requests = 0; requests < 1000; requests++) budget.earn(budget.spend(TIMEOUT))
    expect(affordable(budget)).toBe(100)
  })

  it('never holds more than at the start', () => {
    const budget = createBudget()
    for (let answers = 0; answers < 1000; answers++) budget.earn(null)
    expect(affordable(budget)).toBe(100)
  })
})

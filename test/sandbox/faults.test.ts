import { describe, expect, it } from 'vitest'
import { EMULATOR_NAMES } from '../../src/sandbox/emulators.ts'
import { FAULT_NAMES, parseFault } from '../../src/sandbox/faults.ts'

describe('fault on the command line', () => {
  it.each(FAULT_NAMES)('can be %s', fault => {
    expect(parseFault(`catalogix:${fault}`)).toEqual({ target: 'catalogix', fault })
  })

  it.each([
    ['catalogix:502:0', 0],
    ['catalogix:502:0.25', 0.25],
    ['catalogix:502:.5', 0.5],
    ['catalogix:502:1', 1],
    ['catalogix:502:1.0', 1],
  ])('reads the rate of %s', (text, rate) => {
    expect(parseFault(text)).toEqual({ target: 'catalogix', fault: '502', rate })
  })

  it.each([
    ['', '"" is not of the form <target>:<fault>[:<rate>]'],
    ['catalogix', '"catalogix" is not of the form <target>:<fault>[:<rate>]'],
    ['catalogix:', '"catalogix:" is not of the form <target>:<fault>[:<rate>]'],
    ['catalogix:502:1:2', '"catalogix:502:1:2" is not of the form <target>:<fault>[:<rate>]'],
    ['catalogx:502', '"catalogx:502": the sandbox has no target "catalogx"; did you mean "catalogix"?'],
    ['__proto__:502', `"__proto__:502": the sandbox has no target "__proto__"; it has ${EMULATOR_NAMES.join(', ')}`],
    ['catalogix:timeot', '"catalogix:timeot": the sandbox has no fault "timeot"; did you mean "timeout"?'],
    ['catalogix:502:1.5', '"catalogix:502:1.5": the rate must be a number from 0 to 1, not "1.5"'],
    ['catalogix:502:-1', '"catalogix:502:-1": the rate must be a number from 0 to 1, not "-1"'],
    ['catalogix:502:half', '"catalogix:502:half": the rate must be a number from 0 to 1, not "half"'],
    ['catalogix:502:', '"catalogix:502:": the rate must be a number from 0 to 1, not ""'],
    ['catalogix:502:0x1', '"catalogix:502:0x1": the rate must be a number from 0 to 1, not "0x1"'],
  ])('refuses %j in words', (text, problem) => {
    expect(parseFault(text)).toBe(problem)
  })
})

import { describe, expect, it } from 'vitest'
import { meaningOfStatus } from '../../src/targets/status.ts'

describe('meaning of a status', () => {
  it.each([
    ['answer', [200, 201, 202, 204, 207]],
    ['endpoint', [300, 301, 302, 303, 304, 307, 308, 404, 405, 410, 501, 505]],
    ['credentials', [401, 403]],
    ['too-large', [413]],
    ['throttled', [429]],
    ['ambiguous', [408, 423, 425, 500, 502, 503, 504, 520, 599]],
    ['refused', [400, 402, 406, 409, 411, 414, 415, 418, 422, 451]],
  ])('%s: %j', (kind, statuses) => {
    expect(statuses.map(meaningOfStatus)).toEqual(statuses.map(() => kind))
  })
})

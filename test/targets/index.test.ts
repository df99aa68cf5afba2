import { describe, expect, it } from 'vitest'
import { TARGETS, targetOfType } from '../../src/targets/index.ts'

describe('target types', () => {
  it('have a name of their own, a title, and the vendor’s document and address', () => {
    expect(new Set(TARGETS.map(({ type }) => type)).size).toBe(TARGETS.length)
    for (const { type, title, docs, baseUrl } of TARGETS) {
      expect(type).toMatch(/^[a-z]+$/)
      expect(title).not.toBe('')
      expect(new URL(docs).protocol).toBe('https:')
      if (baseUrl) expect(new URL(baseUrl).protocol).toBe('https:')
    }
  })

  it('describe every option, so that the config’s schema can explain itself', () => {
    for (const { type, options } of TARGETS) {
      const shape: Record<string, { meta(): { description?: string } | undefined }> =
        'shape' in options ? Object(options.shape) : {}
      const silent = Object.entries(shape).filter(([, option]) => !option.meta()?.description)
      expect([type, Object.keys(shape).length > 0, silent.map(([name]) => name)]).toEqual([type, true, []])
    }
  })

  it('are found by their exact name', () => {
    expect(targetOfType('catalogix')?.title).toBe('Catalogix (Streamoid)')
    expect([targetOfType('Catalogix'), targetOfType('constructor'), targetOfType('')]).toEqual([null, null, null])
  })
})

import { describe, expect, it } from 'vitest'
import { encryptedOnly } from '../../src/transport/encrypted.ts'
import { anAnswer, aRequest, aWire, faultOf } from '../helpers/http.ts'

describe('encryption', () => {
  it.each(['https://shop.example.com/lamps', 'http://127.0.0.1:8080/lamps', 'http://localhost/lamps', 'http://[::1]/'])(
    'lets %s pass',
    async url => {
      const wire = aWire(anAnswer())
      await encryptedOnly(wire.send)(aRequest({ url }))
      expect(wire.sent).toHaveLength(1)
    },
  )

  it.each([
    'http://shop.example.com/lamps?key=lamp',
    'http://127.0.0.1.example.com/',
    'http://10.0.0.1/',
    'ftp://shop/',
  ])('sends nothing to %s', async url => {
    const wire = aWire(anAnswer())
    const { kind, message, attempts } = await faultOf(encryptedOnly(wire.send)(aRequest({ url })))
    expect([kind, attempts, wire.sent]).toEqual(['endpoint', 0, []])
    expect(message).toBe(`${new URL(url).host} would get this, credentials included, unencrypted: only https is used`)
  })
})

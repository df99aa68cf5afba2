import { describe, expect, it } from 'vitest'
import { badBaseUrl, normalizeBaseUrl } from '../../src/config/base-url.ts'

describe('base url', () => {
  it.each([
    'https://pim.example.com',
    'https://pim.example.com:8443/api/v1/',
    'http://localhost:8080',
    'http://127.0.0.1:4000/',
    'http://127.9.9.9',
    'http://127.1', // another spelling of 127.0.0.1
    'http://[::1]:4000',
  ])('takes %s', address => {
    expect(badBaseUrl(address)).toBe(null)
  })

  it.each([
    'http://pim.example.com',
    'http://127.0.0.1.example.com',
    'http://127.example.com',
    'http://localhost.example.com',
    'http://10.0.0.1',
    'http://[::2]',
    'ftp://localhost',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('refuses %s, which is neither https nor loopback', address => {
    expect(badBaseUrl(address)).toBe('must be an https address; http is for localhost, 127.0.0.0/8 and [::1] only')
  })

  it.each(['', 'pim.example.com', '/api', 'https://', '//pim.example.com'])(
    'refuses %j, which is incomplete',
    address => {
      expect(badBaseUrl(address)).toBe('must be a complete address such as https://api.example.com')
    },
  )

  it.each(['https://ada@pim.example.com', 'https://ada:pw@pim.example.com', 'https://:pw@pim.example.com'])(
    'refuses the credentials in %s',
    address => {
      expect(badBaseUrl(address)).toBe('must not hold a user name or password')
    },
  )

  it.each(['https://pim.example.com?', 'https://pim.example.com/?a=1', 'https://pim.example.com/#top'])(
    'refuses the query or fragment of %s',
    address => {
      expect(badBaseUrl(address)).toBe('must not have a query (?) or fragment (#)')
    },
  )

  it.each([
    ['https://pim.example.com/', 'https://pim.example.com'],
    ['https://PIM.example.com:443/api//', 'https://pim.example.com/api'],
    ['http://127.1:4000', 'http://127.0.0.1:4000'],
  ])('writes %s as %s', (address, normal) => {
    expect(normalizeBaseUrl(address)).toBe(normal)
  })
})

import { describe, expect, it } from 'vitest'
import { isLoopbackHost } from '../../src/lib/loopback.ts'

const isLoopback = (address: string) => isLoopbackHost(new URL(address).hostname)

describe('the host of a URL', () => {
  it.each([
    'http://localhost:8080',
    'http://LocalHost',
    'http://127.0.0.1',
    'http://127.9.9.9/feed.csv',
    'http://127.1', // other spellings of 127.0.0.1
    'http://0x7f.1',
    'http://2130706433',
    'http://[::1]:4000',
    'http://[0:0::1]',
  ])('is this machine in %s', address => {
    expect(isLoopback(address)).toBe(true)
  })

  it.each([
    'http://shop.example',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://127.example.com',
    'http://128.0.0.1',
    'http://0.0.0.0',
    'http://10.0.0.1',
    'http://[::2]',
    'http://127.0.0.1@shop.example',
  ])('is another machine in %s', address => {
    expect(isLoopback(address)).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { addressKey, addressOf } from './address'

describe('addressKey', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['something', 'something'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key)
  })
})

describe('addressOf', () => {
  const headers = (forwarded?: string) => new Headers(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded })
  it.each([
    ['believes nobody without a proxy', '203.0.113.1', 0, 'unknown'],
    ['takes what the one proxy wrote', '203.0.113.1', 1, '203.0.113.1'],
    ['does not take what the caller wrote before it', '10.9.9.9, 203.0.113.1', 1, '203.0.113.1'],
    ['counts two proxies back', '10.9.9.9, 203.0.113.1, 10.0.0.1', 2, '203.0.113.1'],
    ['falls back when there are fewer hops', '203.0.113.1', 2, 'unknown'],
    ['falls back without the header', undefined, 1, 'unknown'],
  ] as const)('%s', (_name, forwarded, proxies, address) => {
    expect(addressOf(headers(forwarded), proxies)).toBe(address)
  })
})

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
    { name: 'believes nobody without a proxy', forwarded: '203.0.113.1', proxies: 0, address: 'unknown' },
    { name: 'takes what the one proxy wrote', forwarded: '203.0.113.1', proxies: 1, address: '203.0.113.1' },
    { name: 'not what the caller wrote', forwarded: '10.9.9.9, 203.0.113.1', proxies: 1, address: '203.0.113.1' },
    { name: 'counts two back', forwarded: '10.9.9.9, 203.0.113.1, 10.0.0.1', proxies: 2, address: '203.0.113.1' },
    { name: 'falls back when there are fewer', forwarded: '203.0.113.1', proxies: 2, address: 'unknown' },
    { name: 'falls back without the header', forwarded: undefined, proxies: 1, address: 'unknown' },
  ])('$name', ({ forwarded, proxies, address }) => {
    expect(addressOf(headers(forwarded), proxies)).toBe(address)
  })
})

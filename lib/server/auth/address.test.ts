import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { useLogger } from '../log'
import { addressKey, callerOf, isNear, watchAddresses } from './address'

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

describe('callerOf', () => {
  const headers = (forwarded?: string) => new Headers(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded })
  it.each([
    { name: 'believes nobody without a proxy', forwarded: '203.0.113.1', proxies: 0, address: 'unknown' },
    { name: 'takes what the one proxy wrote', forwarded: '203.0.113.1', proxies: 1, address: '203.0.113.1' },
    { name: 'not what the caller wrote', forwarded: '10.9.9.9, 203.0.113.1', proxies: 1, address: '203.0.113.1' },
    { name: 'counts two back', forwarded: '10.9.9.9, 203.0.113.1, 10.0.0.1', proxies: 2, address: '203.0.113.1' },
    { name: 'falls back when there are fewer', forwarded: '203.0.113.1', proxies: 2, address: 'unknown' },
    { name: 'falls back without the header', forwarded: undefined, proxies: 1, address: 'unknown' },
  ])('$name', ({ forwarded, proxies, address }) => {
    expect(callerOf(headers(forwarded), proxies)).toEqual({ address, isShared: address === 'unknown' })
  })
})

describe('isNear', () => {
  it.each([
    ['127.0.0.1', true],
    ['::ffff:127.0.0.1', true],
    ['::1', true],
    ['10.1.2.3', true],
    ['172.31.0.1', true],
    ['192.168.1.1', true],
    ['fd00::1', true],
    ['fe80::1%eth0', true],
    ['172.32.0.1', false],
    ['203.0.113.1', false],
    ['2001:db8::1', false],
    ['something', false],
  ])('%s: %s', (address, expected) => {
    expect(isNear(address)).toBe(expected)
  })
})

describe('a running server', () => {
  it('tells a proxy that it does not trust from a caller, says so once, and takes nobody’s word for an address', async () => {
    const lines: { msg: string }[] = []
    useLogger(pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line) as { msg: string }) }))
    watchAddresses()
    const callers: unknown[] = []
    const server = createServer((request, response) => {
      callers.push(callerOf(new Headers(request.headers as Record<string, string>)))
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const ask = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${String(port)}/`, { headers })
    await ask({})
    expect(lines).toEqual([])
    await ask({ 'x-forwarded-for': '203.0.113.1' })
    await ask({ forwarded: 'for=203.0.113.2' })
    server.close()
    expect(callers).toEqual([
      { address: '127.0.0.1', isShared: false },
      { address: '127.0.0.1', isShared: true },
      { address: '127.0.0.1', isShared: true },
    ])
    expect(lines.map(({ msg }) => msg)).toEqual([expect.stringMatching(/TRUST_PROXY is 0/)])
  })
})

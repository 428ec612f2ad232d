import ipaddr from 'ipaddr.js'

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether a network address stands for a machine of the public internet: not this machine, not a private or reserved network, and no form of IPv6 that
 * carries an IPv4 address in itself. False for what is no address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  // ipaddr.js takes the rest of IPv6 for public, such as the old form ::7f00:1 of 127.0.0.1.
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(globalUnicast)
}

/** Whether a network address is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback'
}

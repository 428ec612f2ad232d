declare global {
  var sourcemark: Map<string, object> | undefined
}

/**
 * What there is one of in a process, made at first use. Next loads server code once a bundle, so a module's own variable would exist several times.
 * @param name of one place in the code alone, whose `make` gives it its shape
 */
export function perProcess<T extends object>(name: string, make: () => T): T {
  globalThis.sourcemark ??= new Map()
  const known = globalThis.sourcemark.get(name)
  if (known !== undefined) return known as T
  const made = make()
  globalThis.sourcemark.set(name, made)
  return made
}

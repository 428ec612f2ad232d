import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'

/** An empty filter: no table or enum is left to other programs. */
export const noFilters = { externalTables: [], externalEnums: [] }

/** The engine leaves a ten-second timer behind after taking a lock; a finished process must not wait for it. */
function withoutLingeringTimers(): WebAssembly.ModuleImports {
  const imports: WebAssembly.ModuleImports = { ...bindings }
  for (const name of Object.keys(imports))
    if (name.startsWith('__wbg_setTimeout_'))
      imports[name] = (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds >>> 0).unref()
  return imports
}

let loading: Promise<void> | undefined

/** Loads the engine's code once per process: the bindings keep it in a module variable. */
async function loadEngine(): Promise<void> {
  // The engine reports through this global why it aborts, and then traps without a message.
  const registry = {
    set_message: (message: string) => {
      throw new Error(`Prisma's schema engine gave up: ${message}`)
    },
  }
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry })
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const code = await readFile(script.replace(/\.js$/, '.wasm'))
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': withoutLingeringTimers() })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start']
  if (typeof start !== 'function') throw new Error('Prisma’s schema engine has no start.')
  Reflect.apply(start, undefined, [])
}

/**
 * Opens Prisma's own schema engine (the one behind Prisma Migrate, compiled to WebAssembly) on the caller's connection. The engine never closes it,
 * so the caller may wrap the engine's work in a transaction. Nothing is downloaded and no process is started.
 */
export async function openSchemaEngine(adapter: SqlDriverAdapter): Promise<SchemaEngine> {
  loading ??= loadEngine()
  await loading
  const borrowed = new Proxy(adapter, {
    get(target, property) {
      if (property === 'dispose') return () => Promise.resolve()
      const value: unknown = Reflect.get(target, property, target)
      if (typeof value !== 'function') return value
      const bound: unknown = value.bind(target)
      return bound
    },
  })
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connect: () => Promise.resolve(borrowed),
    connectToShadowDb: () =>
      Promise.reject(new Error('Migrations are compared with a scratch database, never with a shadow one.')),
  })
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory)
}

import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { DomainError } from '@/lib/domain/errors'
import { mostBundleBytes } from '@/lib/domain/frozen-reports/bundle'
import { verifyBundle } from '@/lib/domain/frozen-reports/verify'
import { callerFolder } from '@/lib/server/env'

/** Adds `sourcemark report …` to the command line. */
export function registerReport(program: Command): void {
  const report = program.command('report').description('frozen reports and their bundles')
  report
    .command('verify')
    .description('recompute every figure of a bundle from the data in it; needs no database')
    .argument('<file>', 'the bundle')
    .action(verifyFile)
}

/** @throws DomainError `too-large` before a large file is read. */
async function readBundleFile(file: string): Promise<Uint8Array> {
  const path = resolve(callerFolder(), file)
  const found = await stat(path)
  if (found.isDirectory()) throw new DomainError('invalid', `${file} is a folder. Name the bundle in it.`)
  if (found.size > mostBundleBytes) {
    throw new DomainError('too-large', `${file} is too large for the bundle of a report, which has at most 64 MB.`)
  }
  return readFile(path)
}

async function verifyFile(file: string): Promise<void> {
  const found = verifyBundle(await readBundleFile(file))
  if (found.outcome === 'unreadable') throw new DomainError('invalid', found.says)
  const { source, number, frozenAt, workspace, inputSha256 } = found.report
  console.log(`${source}, version ${String(number)}, frozen ${frozenAt} by ${workspace}\n  hash ${inputSha256}`)
  for (const { holds, says } of found.checks) console.log(`${holds ? 'same' : 'DIFFERENT'}  ${says}`)
  for (const { name, stated, recomputed, same } of found.figures) {
    console.log(same ? `same  ${name}: ${stated ?? ''}` : `DIFFERENT  ${name}: ${difference({ stated, recomputed })}`)
  }
  for (const { name, compared, different } of found.parts) {
    console.log(`${different.length === 0 ? 'same' : 'DIFFERENT'}  ${name}: ${String(compared)} values compared`)
    for (const value of different) console.log(`  ${value.name}: ${difference(value)}`)
  }
  if (found.outcome === 'different') throw new DomainError('invalid', found.says)
  console.log(found.says)
}

function difference({ stated, recomputed }: { stated: string | null; recomputed: string | null }): string {
  return `the file says ${stated ?? 'nothing'}, the inputs give ${recomputed ?? 'nothing'}`
}

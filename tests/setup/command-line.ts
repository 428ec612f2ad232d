import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { vi } from 'vitest'

/** A call of `sourcemark` within a test: the folder that it is called from, and the lines that it printed. */
export interface CalledCommandLine {
  folder: string
  printed: string[]
  /** Runs commands as they were typed. @throws what the command throws. */
  run: (register: (program: Command) => void, args: readonly string[]) => Promise<void>
  /** Takes the folder away, and gives the console and the settings back. */
  end: () => void
}

/** Calls the command line from an empty folder of its own; `end` belongs into the file's afterEach. */
export function callCommandLine(): CalledCommandLine {
  const folder = mkdtempSync(join(tmpdir(), 'sourcemark-cli-'))
  const printed: string[] = []
  vi.stubEnv('SOURCEMARK_CALLED_FROM', folder)
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    printed.push(line)
  })
  return {
    folder,
    printed,
    run: async (register, args) => {
      const program = new Command('sourcemark').exitOverride().configureOutput({ writeErr: () => undefined })
      register(program)
      await program.parseAsync([...args], { from: 'user' })
    },
    end: () => {
      vi.restoreAllMocks()
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

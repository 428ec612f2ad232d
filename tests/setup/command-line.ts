import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { vi } from 'vitest'

/** A `sourcemark` command line within a test: its working folder, and the lines that it printed. */
export interface CalledCommandLine {
  folder: string
  printed: string[]
  /** Runs a command as it would be typed. @throws what the command throws. */
  run: (register: (program: Command) => void, args: readonly string[]) => Promise<void>
  /** Removes the folder, and restores the console and the settings. */
  end: () => void
}

/** Sets up the command line in an empty folder of its own. Call `end` in the file's afterEach. */
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

import type { Page } from '@playwright/test'
import type { Claim } from './claims'
import type { Step } from './flows'

/** Seconds per command key and per typed letter, by the keystroke-level model (Card, Moran and Newell, for a skilled typist). */
const secondsPerKey = 0.28
const secondsPerLetter = 0.2

/** The pressed keys: command keys and chords, letters of searches, and letters of bibliographies. */
export interface Count {
  keys: number
  searchLetters: number
  bibliographyLetters: number
}

/** The time for these keys in seconds, without thinking time and without the words of notes. */
export function secondsOf({ keys, searchLetters, bibliographyLetters }: Count): number {
  return keys * secondsPerKey + (searchLetters + bibliographyLetters) * secondsPerLetter
}

/** Runs steps on a page by keyboard alone, and counts the keys. */
export class Typist {
  readonly #page: Page
  readonly count: Count = { keys: 0, searchLetters: 0, bibliographyLetters: 0 }

  constructor(page: Page) {
    this.#page = page
  }

  /** Runs one step of a claim. @throws when the awaited element does not get the focus within ten seconds. */
  async do(step: Step, { words, note }: Claim): Promise<void> {
    const { keyboard } = this.#page
    if ('until' in step) {
      await this.#page.waitForFunction((wanted) => document.activeElement?.matches(wanted) === true, step.until, {
        timeout: 10_000,
      })
    } else if ('press' in step) {
      this.count.keys += 1
      await keyboard.press(step.press)
    } else if ('paste' in step) {
      this.count.keys += 1
      await this.#page.evaluate(async (text) => navigator.clipboard.writeText(text), words[step.paste])
      await keyboard.press('Control+v')
    } else if ('search' in step) {
      this.count.searchLetters += words[step.search].length
      await keyboard.type(words[step.search])
    } else if ('type' in step) {
      this.count.bibliographyLetters += words[step.type].length
      await keyboard.type(words[step.type])
    } else await keyboard.insertText(note)
  }
}

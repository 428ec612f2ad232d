import { afterEach, beforeEach, expect } from 'vitest'

type Level = 'error' | 'warn'

interface Message {
  level: Level
  text: string
}

let messages: Message[] = []
let expected: { level: Level; pattern: RegExp }[] = []

/** Allows messages that a test provokes on purpose. An allowed message that never comes fails the test, too. */
export function expectConsole(level: Level, pattern: RegExp): void {
  expected.push({ level, pattern })
}

beforeEach(() => {
  messages = []
  expected = []
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...parts: unknown[]) => {
      messages.push({
        level,
        text: parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part))).join(' '),
      })
    }
  }
})

afterEach(() => {
  const isExpected = ({ level, text }: Message) =>
    expected.some((item) => item.level === level && item.pattern.test(text))
  const isMissing = ({ level, pattern }: { level: Level; pattern: RegExp }) =>
    !messages.some((message) => message.level === level && pattern.test(message.text))
  expect(
    messages.filter((message) => !isExpected(message)),
    'unexpected console output',
  ).toEqual([])
  expect(expected.filter(isMissing), 'expected console output that never came').toEqual([])
})

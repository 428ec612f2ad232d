import { describe, expect, it } from 'vitest'
import { toldInWords } from './selection-bar'

const inUse = 'This document is under review in “Spring”.'
const refused = (message: string) => ({ id: message, title: 'A', message })

describe('what became of many documents', () => {
  it('says each kind once, with its number', () => {
    expect(toldInWords({ changed: ['a', 'b'], unchanged: [], refused: [] }, 'deleted')).toBe('2 documents deleted.')
    expect(toldInWords({ changed: ['a'], unchanged: ['b'], refused: [refused(inUse)] }, 'deleted')).toBe(
      `1 document deleted. 1 was so already. 1 document was not deleted: ${inUse}`,
    )
    expect(
      toldInWords(
        { changed: [], unchanged: [], refused: [refused(inUse), refused('Gone.'), refused(inUse)] },
        'tagged',
      ),
    ).toBe(`2 documents were not tagged: ${inUse} 1 document was not tagged: Gone.`)
    expect(toldInWords({ changed: [], unchanged: ['a', 'b'], refused: [] }, 'tagged')).toBe(
      '0 documents tagged. 2 were so already.',
    )
  })
})

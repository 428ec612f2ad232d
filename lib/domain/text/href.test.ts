import { expect, test } from 'vitest'
import { textFragment } from './href'

test.each([
  ['a few words', 'It opened in 1974.', '#:~:text=It%20opened%20in%201974.'],
  ['what has a meaning in a fragment', 'well-known, & more', '#:~:text=well%2Dknown%2C%20%26%20more'],
  [
    'long words by their ends',
    'one two three four five six seven eight nine ten eleven twelve thirteen',
    '#:~:text=one%20two%20three%20four%20five%20six,eight%20nine%20ten%20eleven%20twelve%20thirteen',
  ],
  ['words over the end of a block', 'Year\n\n2024', '#:~:text=Year,2024'],
  ['nothing', ' \n', null],
])('textFragment of %s', (_, exact, expected) => {
  expect(textFragment(exact)).toBe(expected)
})

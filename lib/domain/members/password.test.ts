import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonWords } from './common-words'
import { passwordProblem, type PasswordContext } from './password'

const context: PasswordContext = {
  email: 'wilhelmina.okonkwo@gazette.example',
  name: 'Wilhelmina Okonkwo',
  words: ['Harbour Gazette'],
}

const common = [
  'password1234',
  'Password1234!',
  'P@ssw0rd2024',
  'passwordpassword',
  'qwertyuiop12',
  'qwertyuiopasdf',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc4rfv',
  'zaq12wsxcde3',
  'asdfghjkl123',
  '123456789012',
  '098765432109',
  'abcdefghijkl',
  'aaaaaaaaaaaa',
  '111111111111',
  'abcabcabcabc',
  'iloveyou1234',
  'iloveyouforever',
  'letmeinletmein',
  'welcome12345',
  'Welcome2024!!',
  'administrator',
  'administrator1',
  'changeme1234',
  'trustno1trustno1',
  'superman12345',
  'Summer2024!!',
  'Liverpool1892',
  'michael01011990',
  'monkeymonkey1',
  'drowssap1234',
  'correcthorsebatterystaple',
  'january31121985',
  'йцукенгшщзхъ',
  'sourcemark2026',
  'Sourcemark1234!',
  'factchecking1',
  'wilhelmina2024',
  'okonkwo.wilhelmina',
  'wilhelmina.okonkwo@gazette.example',
  'HarbourGazette1',
  'gazettegazette',
  '147258369147',
  '741852963741',
  '135792468013',
  'cristianoronaldo',
  'lionelmessi10',
  'spongebob123',
  'blueberry123',
  'ihateyou1234',
  'asshole12345',
  'pussycat1234',
  'motherfucker',
  'schatz123456',
  'soleil123456',
  'happybirthday',
]

const good = [
  'vT9#kq2LmZ8x',
  'gutter mosaic plankton verb',
  'lamp-thistle-orbit-cask',
  'Ein Dachs trinkt Tee am Fjord',
  'кактус поёт в метро',
  '猫が三匹で電車に乗った朝だよ',
  'hx7w-ppl2-90dk',
  'zither&marmalade&quartz',
]

describe('passwordProblem', () => {
  it('knows at least a thousand words', () => {
    expect(commonWords.size).toBeGreaterThanOrEqual(1000)
  })

  it.each(common)('refuses %s', (password) => {
    expect(passwordProblem(password, context)).toMatch(/guessed/)
  })

  it.each(good)('takes %s', (password) => {
    expect(passwordProblem(password, context)).toBeNull()
  })

  it.each([
    ['', /at least 12/],
    ['short-one-7', /at least 12/],
    ['😀'.repeat(6), /at least 12/],
    ['x9'.repeat(101), /at most 200/],
    ['vT9#kq2LmZ8x\u0000', /cannot be stored/],
    ['vT9#kq2LmZ8x\ud800', /cannot be stored/],
  ])('%j: %s', (password, problem) => {
    expect(passwordProblem(password, context)).toMatch(problem)
  })

  it('takes nearly every random password of twelve letters and digits', () => {
    const character = fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'))
    const passwords = fc.sample(
      fc.array(character, { minLength: 12, maxLength: 12 }).map((all) => all.join('')),
      { numRuns: 500, seed: 7 },
    )
    const refused = passwords.filter((password) => passwordProblem(password, context) !== null)
    expect(refused.length).toBeLessThanOrEqual(2)
  })

  it('answers about any text in time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 250, unit: 'binary' }), (password) => {
        passwordProblem(password, context)
      }),
      { numRuns: 200 },
    )
  })
})

// A whole request with the keyboard alone: no mouse, and the focus never out of sight.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

const MOST_STEPS = 90

/** What has the focus: its words, and whether somebody who looks can tell. */
async function focused(page) {
  return page.evaluate(() => {
    const it = document.activeElement
    const choice = it.matches('.govuk-radios__input, .govuk-checkboxes__input')
    const shown = choice ? getComputedStyle(it.labels[0], '::before') : getComputedStyle(it)
    const box = (choice ? it.labels[0] : it).getBoundingClientRect()
    const rings = shown.outlineStyle !== 'none' && parseFloat(shown.outlineWidth) > 0 &&
      shown.outlineColor !== 'rgba(0, 0, 0, 0)'
    return {
      words: (it.labels?.[0] ?? it).textContent.trim().replace(/\s+/g, ' '),
      on: it.tagName,
      lost: it === document.body,
      seen: it.matches(':focus-visible') && (rings || shown.boxShadow !== 'none'),
      inside: box.height > 0 && box.bottom > 0 && box.top < window.innerHeight,
    }
  })
}

async function step(page, key = 'Tab') {
  await page.keyboard.press(key)
  const now = await focused(page)
  assert.ok(!now.lost, `the focus is lost on ${page.url()}`)
  assert.ok(now.seen, `nobody sees that “${now.words}” has the focus on ${page.url()}`)
  assert.ok(now.inside, `“${now.words}” has the focus off the screen on ${page.url()}`)
  return now
}

/** Goes on until what has the focus says this. */
async function reach(page, words, key = 'Tab') {
  const passed = []
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const now = await step(page, key)
    if (now.words === words || (words instanceof RegExp && words.test(now.words))) return
    passed.push(now.words)
  }
  assert.fail(`“${words}” is not reached on ${page.url()}: ${passed.join(' | ')}`)
}

async function type(page, label, text) {
  await reach(page, label)
  await page.keyboard.type(text)
}

async function choose(page, label) {
  await reach(page, label)
  await page.keyboard.press('Space')
}

/** Presses what has the focus, and waits for the page that follows. */
async function press(page, key = 'Enter') {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)])
}

/** Past the menu, by the link that is there for it; what says that something is done has the
 * focus already, and stands behind the menu. */
async function skip(page) {
  if (!(await focused(page)).lost) return
  await reach(page, 'Skip to main content')
  await page.keyboard.press('Enter')
  assert.equal((await focused(page)).on, 'MAIN')
}

async function task(page, name) {
  await skip(page)
  await reach(page, name)
  await press(page)
  await skip(page)
}

async function save(page) {
  await reach(page, 'Save and go on')
  await press(page, 'Space')
}

test('a SENCO sends a whole request without a mouse', async () => {
  const context = await house.browser.newContext({ baseURL: house.address })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  await page.goto('/')
  await skip(page)
  await reach(page, 'Start now')
  await press(page)
  await skip(page)
  await reach(page, 'A school')
  await press(page)
  await skip(page)
  await reach(page, 'Start a request')
  await press(page)

  await task(page, 'Who asks, and about whom')
  await reach(page, 'One child')
  await page.keyboard.press('Space')
  // Back and forth: what was chosen stays chosen.
  await step(page)
  await step(page, 'Shift+Tab')
  assert.equal((await focused(page)).words, 'One child')
  await type(page, 'Your name', 'Meera Nair')
  await type(page, 'Your role in the school', 'SENCO')
  // Enter in a field sends the form, as it does everywhere.
  await press(page)
  assert.match(await page.textContent('main'), /Saved/)

  await task(page, 'The child')
  await type(page, 'First name', 'Ada')
  await type(page, 'Last name', 'Quill')
  await type(page, 'Day', '9')
  await type(page, 'Month', '4')
  await type(page, 'Year', '2017')
  await reach(page, 'Home postcode')
  await reach(page, 'No special provision')
  await page.keyboard.press('ArrowDown')
  assert.equal((await focused(page)).words, 'SEN support')
  await save(page)

  await task(page, 'What you see')
  await type(page, 'What do you see?', 'She turns her head to hear.')
  await reach(page, 'Suggest a name for what I see')
  await press(page)
  assert.match(await page.textContent('#suggested'), /Hearing impairment/)
  assert.doesNotMatch(page.url(), /turns|hear/)
  await reach(page, 'The need that matters most')
  await page.keyboard.type('Hearing')
  await save(page)

  await task(page, 'What you hope for')
  await choose(page, 'Equipment')
  await type(page, 'In short, what do you ask for?', 'Advice on a radio aid.')
  await save(page)

  await task(page, 'What you provide, and what it costs')
  await type(page, 'What is it?', 'Small group')
  await type(page, 'Hours a week', '10')
  await type(page, 'Weeks a year', '38')
  await type(page, 'Cost of an hour, in pounds', '16.50')
  await reach(page, 'Add another provision')
  await press(page)
  await type(page, 'What is it?', '')
  await save(page)

  await task(page, 'Whether the family agrees')
  await choose(page, 'Yes')
  await choose(page, 'A parent')
  await type(page, 'Day', '1')
  await type(page, 'Month', '5')
  await type(page, 'Year', '2026')
  await save(page)

  await skip(page)
  await reach(page, 'Check your answers and send')
  await press(page)
  await skip(page)
  await reach(page, 'Send the request')
  await press(page)
  assert.match(await page.textContent('main'), /Request sent.*FD-\w+-\w+/s)
  await skip(page)
  await reach(page, 'See your request')
  await press(page)
  assert.match(await page.textContent('main'), /What happens next/)
})

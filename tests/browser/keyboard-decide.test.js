// A clerk who uses no mouse: attendance is taken and an item decided with keys alone.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look } from './house.js'
import { asked, at, called } from './panel.js'

let house, meeting
before(async () => {
  house = await open(['--demo-clock', '2026-12-01T12:00:00Z'])
  const noah = await asked(house, '900012', ['Noah', 'Birling'], 'SLCN', 'funding')
  meeting = await called(house, '2026-12-01T13:00:00Z', [noah])
  await at(house, '2026-12-01T12:59:00Z')
})
after(async () => { await house.close() })

/** What has the focus, as somebody hears it. */
const focus = page => page.evaluate(() => {
  const it = document.activeElement
  return (it.labels?.[0]?.innerText ?? it.innerText ?? '').trim().split('\n')[0]
})

/** Goes on with the tab key until something of this name has the focus. */
async function reach(page, name) {
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press('Tab')
    if (name.test(await focus(page))) return
  }
  assert.fail(`${name} is not reached with the tab key`)
}

/** Presses a key, and waits for the page that follows. */
async function follow(page, key = 'Enter') {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)])
}

test('attendance is taken and an item decided without a mouse', async () => {
  const { page } = await come(house, 'The panel manager')
  await page.goto('/')
  await reach(page, /^Communication and interaction panel/)
  await follow(page)
  await reach(page, /^Take attendance$/)
  await follow(page)
  for (const who of ['Joan Ferris', 'Dr Ruth Okonjo', 'Kirsty Lyle', 'Dr Amy Pell']) {
    await reach(page, new RegExp(`^${who}$`))
    await page.keyboard.press('Space')
  }
  await reach(page, /^Came in$/)
  await follow(page)
  assert.match(await page.textContent('#room-title'), /In the room: 4/)

  await reach(page, /Noah Birling$/)
  await follow(page)
  await reach(page, /^Record the decision$/)
  await follow(page)
  await reach(page, /^A package of support$/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  assert.equal(await focus(page), 'Advice to the school')
  await reach(page, /^Continue$/)
  await follow(page)

  await reach(page, /^Reason$/)
  await page.keyboard.type('What a school')
  await reach(page, /^In the panel’s words$/)
  await page.keyboard.type('The school has more to try.')
  await reach(page, /^The panel’s terms of reference$/)
  await page.keyboard.press('Space')
  await look(page, 'keyboard-decide')
  await reach(page, /^Record the decision$/)
  await follow(page)
  assert.match(await page.textContent('#order'), /Advice to the school/)
  await look(page, 'keyboard-decided')
})

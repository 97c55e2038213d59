// From the start page to a request that is with a service, with keys alone.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

const focused = page => page.evaluate(() => {
  const at = document.activeElement
  const label = at.labels?.[0]?.textContent ?? at.textContent
  return label.trim().replace(/\s+/g, ' ')
})

/** Tabs on until the focus is on what is called so, and sees that one can see it. */
async function tabTo(page, name, most = 80) {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab')
    if (name.test(await focused(page))) {
      const seen = await page.evaluate(() => {
        const { outlineStyle, boxShadow, backgroundColor } = getComputedStyle(document.activeElement)
        const box = document.activeElement.getBoundingClientRect()
        const around = outlineStyle !== 'none' || boxShadow !== 'none' || backgroundColor === 'rgb(255, 221, 0)'
        return around && box.top < window.innerHeight && box.bottom > 0
      })
      assert.ok(seen, `the focus on ${name} can be seen`)
      return
    }
  }
  assert.fail(`${name} is not within ${most} tabs of where one was on ${page.url()}`)
}

/** Presses Enter on a link or button, and waits for the page that follows. */
async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
}

test('an adviser triages a request with keys alone', async () => {
  const { page } = await come(house, 'The duty adviser')
  await page.goto('/')
  await page.keyboard.press('Tab')
  assert.equal(await focused(page), 'Skip to main content')
  await page.keyboard.press('Enter')
  await tabTo(page, /^For the duty adviser$/, 12)
  await enter(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await tabTo(page, /^FD-/, 25)
  await enter(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await tabTo(page, /^Pass to a service$/, 12)
  await enter(page)
  await tabTo(page, /^To which service\?$/)
  await page.keyboard.type('Sensory')
  await tabTo(page, /^Reason$/)
  await page.keyboard.type('Professional')
  await tabTo(page, /^In your own words$/)
  await page.keyboard.type('They know the child and can begin on Monday.')
  await tabTo(page, /^Pass to a service$/)
  await enter(page)
  assert.match(page.url(), /done=route/)
  assert.match(await page.textContent('main'), /The request has gone to the service/)
})

test('search, filters and everything that opens can be worked with keys alone', async () => {
  const { page } = await come(house, 'The duty adviser')
  await page.goto('/requests')
  await tabTo(page, /^Find a child or a reference$/)
  await page.keyboard.type('FD-')
  await tabTo(page, /^Filters$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^Area of need$/)
  await page.keyboard.type('Sensory')
  await tabTo(page, /^Show these$/)
  await enter(page)
  assert.match(page.url(), /area=sensory_physical/)
})

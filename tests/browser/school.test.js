// A school asks for help, from the start page to the receipt.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

/** What the school provides, in one row. */
async function provide(page, row, [what, hours, weeks, pounds]) {
  const entry = page.getByRole('group', { name: `Provision ${row}` })
  await entry.getByLabel('What is it?').fill(what)
  await entry.getByLabel('Hours a week').fill(hours)
  await entry.getByLabel('Weeks a year').fill(weeks)
  await entry.getByLabel('Cost of an hour, in pounds').fill(pounds)
}

/** Two rounds of assess, plan, do and review; a third that is not wanted after all. */
async function rounds(page) {
  await page.getByRole('link', { name: 'What you have tried' }).click()
  await look(page, 'school-tried')
  await narrow(page, 'school-tried')
  for (const [round, done, begun, seen] of [[1, 'A seat in front', ['12', '1', '2026'], ['20', '3', '2026']], [2, 'Words on paper', ['20', '4', '2026'], ['3', '7', '2026']]]) {
    const entry = page.getByRole('group', { name: `Round ${round}`, exact: true })
    await entry.getByLabel('What did you do?').fill(done)
    for (const [when, date] of [['When did it begin?', begun], ['When did you look at how it went?', seen]]) {
      const group = entry.getByRole('group', { name: when })
      await group.getByLabel('Day').fill(date[0])
      await group.getByLabel('Month').fill(date[1])
      await group.getByLabel('Year').fill(date[2])
    }
    await entry.getByLabel('Some progress').check()
    await page.getByRole('button', { name: 'Add another round' }).click()
  }
  await look(page, 'school-tried-rows')
  await narrow(page, 'school-tried-rows')
  await page.getByRole('button', { name: 'Remove round 3' }).click()
  await page.getByLabel('A specialist teacher').check()
  await page.getByRole('button', { name: 'Save and go on' }).click()
}

test('a SENCO finds the way from the start page, sends a request and sees when it is answered', async () => {
  const { page, broken } = await come(house, 'A school')
  await look(page, 'school-start')
  await page.getByRole('button', { name: 'Start a request' }).click()
  await look(page, 'school-tasks-empty')

  await page.getByRole('link', { name: 'Who asks, and about whom' }).click()
  await look(page, 'school-who')
  await page.getByLabel('One child').check()
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await look(page, 'school-who-faults')
  assert.match(await page.title(), /^Error: /)
  const way = await page.getByRole('alert').getByRole('link').first().getAttribute('href')
  assert.equal(await page.locator(`[id="${way.slice(1)}"]`).count(), 1, `${way} leads nowhere`)
  assert.ok(await page.getByLabel('One child').isChecked(), 'what was typed is still there')
  await page.getByLabel('Your name').fill('Meera Nair')
  await page.getByLabel('Your role in the school').fill('SENCO')
  await page.getByRole('button', { name: 'Save and go on' }).click()

  await page.getByRole('link', { name: 'The child' }).click()
  await look(page, 'school-child')
  await page.getByLabel('First name').fill('Ada')
  await page.getByLabel('Last name').fill('Quill')
  await page.getByLabel('Day').fill('9')
  await page.getByLabel('Month').fill('4')
  await page.getByLabel('Year', { exact: true }).fill('2017')
  await page.getByLabel('Year group').selectOption('4')
  await page.getByLabel('SEN support').check()
  await page.getByRole('button', { name: 'Save and go on' }).click()

  await page.getByRole('link', { name: 'What you see' }).click()
  await page.getByText('What the names mean').click()
  await look(page, 'school-needs')
  await narrow(page, 'school-needs')
  await page.getByLabel('What do you see?').fill('She turns her head to hear and misses what is said behind her.')
  await page.getByRole('button', { name: 'Suggest a name for what I see' }).click()
  await look(page, 'school-needs-suggested')
  await narrow(page, 'school-needs-suggested')
  assert.match(await page.textContent('#suggested'), /Hearing impairment.*You wrote: hear/s)
  assert.doesNotMatch(page.url(), /head|hear|behind/)
  assert.match(await page.getByLabel('What do you see?').inputValue(), /misses what is said/)
  await page.getByLabel('The need that matters most').selectOption('HI')
  await page.getByRole('button', { name: 'Save and go on' }).click()

  await page.getByRole('link', { name: 'What you hope for' }).click()
  await page.getByLabel('Equipment').check()
  await page.getByLabel('In short, what do you ask for?').fill('Advice on a radio aid.')
  await look(page, 'school-support')
  await page.getByRole('button', { name: 'Save and go on' }).click()

  await page.getByRole('link', { name: 'What you provide, and what it costs' }).click()
  await provide(page, 1, ['Small group', '10', '38', '16.50'])
  await page.getByRole('button', { name: 'Add another provision' }).click()
  await provide(page, 2, ['Mentor', '1', '38', '20'])
  await page.getByRole('button', { name: 'Add another provision' }).click()
  assert.match(await page.textContent('main'), /£7,030 a year: the first £6,000 are used, and £1,030 more/)
  await look(page, 'school-provision-rows')
  await narrow(page, 'school-provision-rows')
  await page.getByRole('button', { name: 'Remove provision 2' }).click()
  assert.match(await page.textContent('main'), /£6,270 a year: the first £6,000 are used/)
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await page.getByRole('link', { name: 'What you provide, and what it costs' }).click()
  await look(page, 'school-provision')
  assert.match(await page.textContent('main'), /£6,270 a year: the first £6,000 are used/)
  assert.equal(await page.getByLabel('What is it?').count(), 1)

  await page.getByRole('link', { name: 'Your request', exact: true }).click()
  await rounds(page)
  await page.getByRole('link', { name: 'Whether the family agrees' }).click()
  await look(page, 'school-consent')
  await page.getByLabel('Yes').check()
  await page.getByLabel('A parent').check()
  await page.getByLabel('Day').fill('1')
  await page.getByLabel('Month').fill('5')
  await page.getByLabel('Year').fill('2026')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await look(page, 'school-tasks')
  await narrow(page, 'school-tasks')

  await page.getByRole('button', { name: 'Check your answers and send' }).click()
  await look(page, 'school-check')
  await narrow(page, 'school-check')
  await page.getByRole('button', { name: 'Send the request' }).click()
  await look(page, 'school-sent')
  await narrow(page, 'school-sent')
  assert.match(await page.textContent('main'), /FD-\w+-\w+/)
  assert.match(await page.textContent('main'), /Sensory support/)

  await page.getByRole('link', { name: 'See your request' }).click()
  await look(page, 'school-request')
  await narrow(page, 'school-request')
  assert.doesNotMatch(page.url() + await page.title(), /Ada|Quill/)
  assert.deepEqual(broken.filter(it => !it.includes('422')), [])
})

test('what another school asked for does not exist here', async () => {
  const adviser = await come(house, 'The duty adviser')
  await adviser.page.goto('/requests')
  const rows = adviser.page.getByRole('row').filter({ hasNotText: 'Reference' })
  const href = await rows.first().getByRole('link').getAttribute('href')
  const school = await come(house, 'A school')
  const answer = await school.page.goto(href)
  assert.equal(answer.status(), 404)
  await look(school.page, 'not-found')
})

test('without scripts the whole of it works', async () => {
  const { page } = await come(house, 'A school', { javaScriptEnabled: false })
  await page.getByRole('button', { name: 'Start a request' }).click()
  await page.getByRole('link', { name: 'Who asks, and about whom' }).click()
  await page.getByLabel('Your name').fill('Meera Nair')
  await page.getByRole('button', { name: 'Save and come back later' }).click()
  assert.match(await page.textContent('main'), /Saved/)
})

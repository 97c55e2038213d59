// A school calls: its request is written down while it speaks, and gets its promise from then.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

async function writeDown(page) {
  await page.getByLabel('Which school?').fill('Ambergate Junior Academy, Forest, 900001')
  await page.getByLabel('Name of the caller').fill('Meera Nair')
  await page.getByLabel('Role', { exact: true }).fill('SENCO')
  await page.getByLabel('First name').fill('Otto')
  await page.getByLabel('Last name').fill('Seahouses')
  await page.getByLabel('Day').first().fill('9')
  await page.getByLabel('Month').first().fill('4')
  await page.getByLabel('Year', { exact: true }).first().fill('2017')
  await page.getByLabel('The need that matters most').selectOption('HI')
  await page.getByLabel('In their words').fill('He does not hear what is said behind him.')
  await page.getByLabel('Equipment').check()
  await page.getByLabel('Yes').check()
  await page.getByLabel('Who agreed?').selectOption('parent')
  await page.getByLabel('Day').last().fill('1')
  await page.getByLabel('Month').last().fill('5')
  await page.getByLabel('Year', { exact: true }).last().fill('2026')
}

test('a coordinator logs a call, and reads out a reference and when there will be an answer', async () => {
  const { page, broken } = await come(house, 'A coordinator')
  await page.getByRole('link', { name: 'Log a phone call' }).or(page.getByRole('button', { name: 'Log a phone call' })).click()
  await look(page, 'call-empty')
  await narrow(page, 'call-empty')
  assert.ok(await page.locator('#schools option').count() > 200, 'every school can be chosen')
  await page.getByRole('button', { name: 'Send the request' }).click()
  await look(page, 'call-faults')
  assert.match(await page.title(), /^Error: /)

  await writeDown(page)
  await look(page, 'call-filled')
  await page.getByRole('button', { name: 'Send the request' }).click()
  await look(page, 'call-logged')
  const says = await page.textContent('main')
  assert.match(says, /FD-\w+-\w+/)
  assert.match(says, /Answer promised\s*by \d+ \w+ 20\d\d at/)
  assert.match(says, /Ambergate Junior Academy/)
  assert.doesNotMatch(page.url() + await page.title(), /Otto|Seahouses/)

  await page.getByRole('link', { name: 'See the request' }).click()
  assert.match(await page.textContent('main'), /by telephone/)
  assert.deepEqual(broken.filter(it => !it.includes('422')), [])
})

test('without scripts a call is logged just the same, and consent that is missing is asked for', async () => {
  const { page } = await come(house, 'A coordinator', { javaScriptEnabled: false })
  await page.goto('/calls/new')
  await writeDown(page)
  await page.getByLabel('Not yet').check()
  await page.getByLabel('Who agreed?').selectOption('')
  for (const part of ['Day', 'Month']) await page.getByLabel(part).last().fill('')
  await page.getByLabel('Year', { exact: true }).last().fill('')
  await page.getByLabel('Which school?').fill('900001')
  await page.getByRole('button', { name: 'Send the request' }).click()
  assert.match(await page.textContent('main'), /Once we have: consent/)
})

test('a caller asks about a request: it is found by its reference, and the call is noted', async () => {
  const { page } = await come(house, 'A coordinator')
  await page.goto('/requests')
  const reference = await page.getByRole('rowheader').getByRole('link').first().innerText()
  await page.goto('/calls/new')
  await page.getByText('The caller asks about a request').click()
  await page.getByLabel('Find a child or a reference').fill(reference)
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name: reference }).click()
  await page.getByRole('link', { name: 'Keep a note' }).click()
  await page.getByLabel('Note').fill('Telephone, Ms Nair: asks when there will be an answer.')
  await page.getByText('It happened earlier').click()
  await look(page, 'call-note')
  await page.getByRole('button', { name: 'Keep a note' }).click()
  await page.goto(page.url().split('?')[0])
  assert.match(await page.textContent('main'), /asks when there will be an answer/)
})

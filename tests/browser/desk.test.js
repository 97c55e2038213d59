// The duty adviser's list and one request; and who may not see which page.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

const EVERYBODY = ['A school', 'The duty adviser', 'A coordinator', 'A service manager',
  'The panel manager', 'A commissioner', 'An auditor', 'The data protection officer',
  'The administrator']

test('an adviser finds a request in the list, sees why it is where it is, and notes something', async () => {
  const { page, broken } = await come(house, 'The duty adviser')
  await look(page, 'desk-start')
  await page.getByRole('link', { name: 'Requests', exact: true }).click()
  await look(page, 'desk-list')
  await narrow(page, 'desk-list')

  await page.getByText('Filters').click()
  await page.getByLabel('Where it is').selectOption('with_service')
  await page.getByRole('button', { name: 'Show these' }).click()
  assert.match(page.url(), /status=with_service/)
  await look(page, 'desk-list-filtered')

  await page.getByRole('rowheader').getByRole('link').first().click()
  await page.getByText(/: fits/).first().click()
  await look(page, 'desk-request')
  assert.match(await page.textContent('main'), /Why the rules said so/)

  await page.getByRole('link', { name: 'Note', exact: true }).click()
  await look(page, 'desk-note')
  await page.getByRole('button', { name: 'Note' }).click()
  await look(page, 'desk-note-faults')
  await page.getByLabel('Note').fill('The school called: it can wait until Thursday.')
  await page.getByRole('button', { name: 'Note' }).click()
  await look(page, 'desk-note-done')
  assert.match(await page.textContent('main'), /it can wait until Thursday/)
  assert.deepEqual(broken.filter(it => !it.includes('422')), [])
})

test('a child is found by name without the name in any address', async () => {
  const { page } = await come(house, 'The duty adviser')
  await page.goto('/requests')
  const about = await page.getByRole('row').nth(1).getByRole('cell').first().innerText()
  const family = about.split('\n')[0].split(' ').at(-1)
  await page.getByLabel('Find a child or a reference').fill(family)
  await page.getByRole('button', { name: 'Find' }).click()
  assert.doesNotMatch(page.url(), new RegExp(family))
  assert.match(await page.textContent('#list'), new RegExp(family))
  await look(page, 'desk-found')
})

test('a form of another page, or of another session, does nothing', async () => {
  const { page } = await come(house, 'The duty adviser')
  await page.goto('/requests')
  const path = await page.getByRole('rowheader').getByRole('link').first().getAttribute('href')
  const refused = await page.request.post(`${path}/note`, {
    form: { _token: 'guessed', text: 'x' },
    headers: { origin: house.address },
  })
  assert.equal(refused.status(), 403)
})

test('everybody has a start; a page that one may not see does not exist', async () => {
  for (const who of EVERYBODY) {
    const { page, context } = await come(house, who)
    const name = who.toLowerCase().replaceAll(' ', '-')
    await look(page, `start-${name}`)
    const list = await page.goto('/requests')
    assert.equal(list.status(), who === 'The administrator' ? 404 : 200, who)
    await look(page, `requests-${name}`)
    const unknown = await page.goto('/nowhere')
    assert.equal(unknown.status(), 404)
    await context.close()
  }
})

test('a commissioner sees no child’s name', async () => {
  const adviser = await come(house, 'The duty adviser')
  await adviser.page.goto('/requests')
  const rows = await adviser.page.getByRole('row').allInnerTexts()
  const commissioner = await come(house, 'A commissioner')
  await commissioner.page.goto('/requests')
  const seen = await commissioner.page.textContent('main')
  for (const row of rows.slice(1, 10)) {
    const name = row.split('\t')[1].split('\n')[0]
    if (/^[A-Z]\S+ [A-Z]/.test(name)) assert.ok(!seen.includes(name), name)
  }
})

test('whoever is not signed in is led to the door', async () => {
  const context = await house.browser.newContext({ baseURL: house.address })
  const page = await context.newPage()
  await page.goto('/')
  await look(page, 'start')
  await page.goto('/requests')
  assert.match(page.url(), /\/sign-in\?return_to=/)
  await look(page, 'sign-in')
  await page.goto('/accessibility')
  await look(page, 'accessibility')
})

test('the first visit is light', async () => {
  const context = await house.browser.newContext({ baseURL: house.address })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  session.on('Network.loadingFinished', it => { bytes += it.encodedDataLength })
  await page.goto('/', { waitUntil: 'networkidle' })
  assert.ok(bytes > 0 && bytes < 100 * 1024, `${bytes} bytes`)
})

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

test('the start page says who is on duty and what waits, each with the way to it', async () => {
  const { page, broken } = await come(house, 'The duty adviser')
  await look(page, 'desk-start')
  await narrow(page, 'desk-start')
  assert.match(await page.textContent('main'), /On duty now|Nobody is on duty now/)
  for (const list of ['Your requests', 'For the duty adviser', 'Late', 'Waiting for a school', 'Escalated', 'All open requests']) {
    await page.goto('/')
    await page.getByRole('link', { name: list, exact: true }).click()
    await look(page, `desk-list-${list.toLowerCase().replaceAll(' ', '-')}`)
  }
  assert.deepEqual(broken, [])
})

test('the list is in the order of what is due, says how long there is, and keeps its filters in the address', async () => {
  const { page, broken } = await come(house, 'The duty adviser')
  await page.getByRole('link', { name: 'Requests', exact: true }).click()
  await look(page, 'desk-list')
  await narrow(page, 'desk-list')
  const times = await page.locator('tbody tr td:last-child').allInnerTexts()
  assert.match(times[0], /^Late by \d+ (minute|hour|day)/)
  assert.ok(times.some(it => /left/.test(it)) && times.some(it => /Waiting for the school/.test(it)), times)
  assert.ok(times.every(it => !/Closed/.test(it)), 'what is closed is left out')

  await page.getByText('Filters', { exact: true }).click()
  await page.getByLabel('Where it is').selectOption('with_service')
  await page.getByLabel('Open or closed').selectOption('any')
  await page.getByRole('button', { name: 'Show these' }).click()
  assert.match(page.url(), /open=any&status=with_service/)
  await look(page, 'desk-list-filtered')
  const where = await page.locator('tbody tr td:nth-child(4)').allInnerTexts()
  assert.ok(where.length > 0 && where.every(it => /^With /.test(it)), where)

  await page.getByRole('link', { name: /^Closed/ }).click()
  await look(page, 'desk-list-closed')
  await page.goto(`${page.url()}&limit=10`)
  await page.getByRole('link', { name: 'Next' }).click()
  assert.match(page.url(), /cursor=/)
  await page.goto('/requests?need=HI&area=semh')
  assert.match(await page.textContent('#list'), /No request is like this/)
  await look(page, 'desk-list-empty')
  assert.deepEqual(broken, [])
})

test('a request says why it is where it is, what was promised and how the time went, and takes a note', async () => {
  const { page, broken } = await come(house, 'The duty adviser')
  await page.goto('/requests?status=with_service&open=any')
  await page.getByRole('rowheader').getByRole('link').first().click()
  await look(page, 'desk-request')
  await narrow(page, 'desk-request')
  const says = await page.textContent('main')
  for (const part of ['What is asked', 'Why the rules said so', 'The child', 'Evidence', 'People involved', 'What was promised', 'What happened']) {
    assert.ok(says.includes(part), part)
  }
  await page.getByText('Services that do not fit').click()
  assert.ok(await page.getByText('Not met', { exact: true }).first().isVisible())
  await page.getByText('Every entry of this promise').nth(1).click()
  assert.ok(await page.getByRole('cell', { name: 'Counts' }).first().isVisible())
  await look(page, 'desk-request-open')

  await page.getByRole('link', { name: 'Keep a note' }).click()
  await look(page, 'desk-note')
  await page.getByRole('button', { name: 'Keep a note' }).click()
  await look(page, 'desk-note-faults')
  await page.getByLabel('Note').fill('The school called: it can wait until Thursday.')
  await page.getByRole('button', { name: 'Keep a note' }).click()
  await look(page, 'desk-note-done')
  assert.match(await page.textContent('main'), /it can wait until Thursday/)
  assert.deepEqual(broken.filter(it => !it.includes('422')), [])
})

test('every action that a request offers has its form', async () => {
  const { page } = await come(house, 'The duty adviser')
  const seen = new Set()
  for (const list of ['status=with_duty_adviser', 'status=with_service', 'status=awaiting_panel', 'status=awaiting_information', 'open=false']) {
    await page.goto(`/requests?open=any&${list}`)
    for (const href of (await page.getByRole('rowheader').getByRole('link').evaluateAll(all => all.map(it => it.getAttribute('href')))).slice(0, 2)) {
      await page.goto(href)
      const actions = await page.locator('section a').evaluateAll(all => all.map(it => it.getAttribute('href')))
      for (const action of actions.filter(it => !seen.has(it.split('/').at(-1)))) {
        seen.add(action.split('/').at(-1))
        assert.equal((await page.goto(action)).status(), 200, action)
        assert.ok(await page.locator('main form button').count(), `${action} can be sent`)
        assert.doesNotMatch(await page.textContent('main'), /cannot be done/, action)
        await look(page, `desk-action-${action.split('/').at(-1)}`)
      }
    }
  }
  for (const action of ['advise', 'signpost', 'ask-information', 'route', 'refer-to-panel', 'assign', 'redirect', 'involve', 'note', 'close', 'merge', 'link-child', 'reopen']) {
    assert.ok(seen.has(action), `${action} is not among ${[...seen]}`)
  }
})

test('what cannot be done as a request stands says so, and what it takes', async () => {
  const { page } = await come(house, 'The duty adviser')
  await page.goto('/requests?open=false')
  const closed = await page.getByRole('rowheader').getByRole('link').first().getAttribute('href')
  await page.goto(`${closed}/route`)
  assert.match(await page.textContent('main'), /cannot be done to the request as it stands now: closed/)
  await look(page, 'desk-cannot')
})

test('a coordinator sees what line managers were told and what to do about it', async () => {
  const { page } = await come(house, 'A coordinator')
  await page.goto('/escalations')
  await look(page, 'desk-escalations')
  assert.match(await page.textContent('main'), /A promise was broken: response/)
  await page.getByRole('rowheader').getByRole('link').first().click()
  assert.match(await page.textContent('main'), /What is asked/)
})

test('somebody without a part in a request reads it by exception, for a reason, and not unseen', async () => {
  const adviser = await come(house, 'The duty adviser')
  await adviser.page.goto('/requests?status=awaiting_panel&open=any')
  const link = adviser.page.getByRole('rowheader').getByRole('link').first()
  const [reference, href] = [await link.innerText(), await link.getAttribute('href')]
  const { page } = await come(house, 'A service manager')
  assert.equal((await page.goto(href)).status(), 404)
  await page.goto('/')
  await page.goto('/break-glass')
  await look(page, 'glass')
  await page.getByLabel('The whole reference').fill(reference)
  await page.getByRole('button', { name: 'Go on' }).click()
  await look(page, 'glass-reason')
  await page.getByRole('button', { name: 'Read the request' }).click()
  await look(page, 'glass-faults')
  await page.getByLabel('A child’s safety').check()
  await page.getByLabel('What has happened?').fill('The hospital asks tonight who works with this child.')
  await page.getByLabel('For how long?').selectOption('15')
  await page.getByRole('button', { name: 'Read the request' }).click()
  assert.match(page.url(), /done=break-glass/)
  await look(page, 'glass-done')
})

test('a child is found by name without the name in any address', async () => {
  const { page } = await come(house, 'The duty adviser')
  await page.goto('/requests')
  const about = await page.getByRole('row').filter({ hasText: /Speech|Hearing|Autistic|Moderate|Specific/ }).first().getByRole('cell').first().innerText()
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

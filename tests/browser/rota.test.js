// The rota: who is on, a swap between two advisers, an override that closes a gap, an absence,
// the shifts of a month, and one's own shifts in a calendar.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, comeAs, look, narrow } from './house.js'

const PRIYA = 'demo-adviser-priya-nayar'

/** A month some months ahead, as addresses and as people write it. */
function month(ahead) {
  const now = new Date()
  const middle = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 15))
  const words = middle.toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return { code: middle.toISOString().slice(0, 7), words }
}

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

/** The next week of the rota in which somebody has a shift that can be offered. */
async function weekWithAnOffer(page) {
  await page.goto('/rotas/front-door')
  for (let weeks = 0; weeks < 4; weeks++) {
    if (await page.getByRole('link', { name: /^Offer your shift/ }).count()) return
    await page.getByRole('link', { name: 'Next week' }).click()
  }
  assert.fail('nobody lets this adviser work')
}

test('an adviser offers a shift, and the colleague finds and takes it', async () => {
  const rowan = await come(house, 'The duty adviser')
  await weekWithAnOffer(rowan.page)
  await look(rowan.page, 'rota-week')
  await narrow(rowan.page, 'rota-week')
  const offer = rowan.page.getByRole('link', { name: /^Offer your shift/ }).first()
  await offer.focus()
  await rowan.page.keyboard.press('Enter')
  await rowan.page.getByLabel('Who could take it?').waitFor()
  await look(rowan.page, 'rota-offer')
  await rowan.page.getByRole('button', { name: 'Offer the shift' }).click()
  await look(rowan.page, 'rota-offer-faults')
  await rowan.page.getByLabel('Who could take it?').selectOption({ label: 'Priya Nayar' })
  await rowan.page.getByRole('button', { name: 'Offer the shift' }).click()
  assert.match(await rowan.page.textContent('main'), /nothing changes until your colleague takes it/)
  await look(rowan.page, 'rota-offered')

  const priya = await comeAs(house, PRIYA)
  await look(priya.page, 'start-with-an-offer')
  assert.match(await priya.page.textContent('main'), /Rowan Ashby offers Priya Nayar the shift on/)
  await priya.page.getByRole('button', { name: /^Take the shift/ }).click()
  assert.match(await priya.page.textContent('main'), /The shift has changed hands/)
  await look(priya.page, 'rota-taken')
  assert.equal(await priya.page.getByText('Waits for you').count(), 0)
  assert.deepEqual(rowan.broken.filter(it => !it.includes('422')), [])
})

test('an offer is refused, and another is taken back', async () => {
  const rowan = await come(house, 'The duty adviser')
  const offerOne = async () => {
    await weekWithAnOffer(rowan.page)
    await rowan.page.getByRole('link', { name: 'Next week' }).click()
    await rowan.page.getByRole('link', { name: /^Offer your shift/ }).first().click()
    await rowan.page.getByLabel('Who could take it?').selectOption({ label: 'Priya Nayar' })
    await rowan.page.getByLabel('Which of their shifts in return?').selectOption({ index: 0 })
    await rowan.page.getByRole('button', { name: 'Offer the shift' }).click()
  }
  await offerOne()
  const priya = await comeAs(house, PRIYA, { javaScriptEnabled: false })
  await priya.page.goto('/rotas/front-door')
  await priya.page.getByRole('button', { name: /^Refuse the shift/ }).click()
  assert.match(await priya.page.textContent('main'), /The offer is refused/)
  await offerOne()
  await rowan.page.getByRole('button', { name: /^Take back the shift/ }).click()
  assert.match(await rowan.page.textContent('main'), /The offer is taken back/)
})

test('a coordinator closes a gap, and takes the override off again', async () => {
  const { page, broken } = await come(house, 'A coordinator')
  await page.goto('/rotas/front-door')
  await look(page, 'rota-gaps')
  const gaps = page.getByRole('region', { name: 'When nobody is on duty' }).getByRole('row')
  const before = await gaps.count()
  assert.ok(before > 1, 'the made-up rota has a gap')
  await page.getByRole('link', { name: /^Put somebody on for / }).first().click()
  assert.match(await page.getByLabel('From when?').inputValue(), /T09:00$/)
  await page.getByLabel('Who is on?').selectOption({ label: 'Tom Hadley' })
  await look(page, 'rota-instead')
  await page.getByRole('button', { name: 'Put them on' }).click()
  await look(page, 'rota-closed')
  assert.ok(await gaps.count() < before, 'the gap is closed')

  await page.getByRole('link', { name: 'See the month' }).click()
  await look(page, 'rota-month')
  await narrow(page, 'rota-month')
  assert.match(await page.textContent('main'), /Tom Hadley/)
  await page.getByRole('link', { name: 'Take one of these off' }).click()
  await look(page, 'rota-overrides')
  await page.getByRole('checkbox', { name: /Tom Hadley/ }).check()
  await page.getByRole('button', { name: 'Take off those that are ticked' }).click()
  assert.equal(await page.getByRole('checkbox', { name: /Tom Hadley/ }).count(), 0)
  assert.deepEqual(broken, [])
})

test('somebody is recorded away, the rota shows who is on meanwhile, and they come back', async () => {
  const { page } = await come(house, 'A coordinator')
  await page.goto('/rotas/front-door')
  await page.getByRole('link', { name: 'Record that somebody is away' }).click()
  await look(page, 'rota-away')
  await page.getByLabel('Who is away?').selectOption({ label: 'Gwen Tudor' })
  const until = await page.getByLabel('Until when?').inputValue()
  await page.getByLabel('From when?').fill(until)
  await page.getByRole('button', { name: 'Record the absence' }).click()
  await look(page, 'rota-away-faults')
  assert.match(await page.textContent('main'), /ends after it begins/)
  const day = new Date(`${until.slice(0, 10)}T12:00:00Z`)
  const later = days => new Date(day.getTime() + days * 24 * 3600 * 1000).toISOString().slice(0, 10)
  await page.getByLabel('From when?').fill(`${later(1)}T00:00`)
  await page.getByLabel('Until when?').fill(`${later(8)}T00:00`)
  await page.getByRole('button', { name: 'Record the absence' }).click()
  await page.goto(`/rotas/front-door?month=${later(1).slice(0, 7)}`)
  await look(page, 'rota-absent')
  assert.match(await page.textContent('main'), /Gwen Tudor[\s\S]*On duty meanwhile: /)
  await page.getByRole('button', { name: 'Cancel for Gwen Tudor' }).click()
  assert.match(await page.textContent('main'), /They are back on the rota/)
})

test('the shifts of a month are changed, and nobody overwrites another’s', async () => {
  const { code, words } = month(2)
  const first = await come(house, 'A coordinator')
  const second = await come(house, 'A coordinator')
  for (const { page } of [first, second]) {
    await page.goto(`/rotas/front-door?month=${code}`)
    await page.getByRole('link', { name: `Change the shifts of ${words}` }).click()
  }
  await look(first.page, 'rota-shifts')
  await narrow(first.page, 'rota-shifts')
  const shifts = first.page.getByRole('group', { name: /Monday, 09:00 to 13:00/ })
  await shifts.getByLabel('From').fill('8')
  await first.page.getByRole('button', { name: /^Save the shifts/ }).click()
  await look(first.page, 'rota-shifts-faults')
  await shifts.getByLabel('From').fill('08:30')
  await shifts.getByLabel('Who').selectOption({ label: 'Lena Fischer' })
  await first.page.getByRole('button', { name: /^Save the shifts/ }).click()
  assert.match(await first.page.textContent('main'), /8:30am to 1pm[\s\S]*Lena Fischer/)
  await second.page.getByRole('button', { name: /^Save the shifts/ }).click()
  assert.match(await second.page.textContent('main'), /Somebody changed this while you wrote/)
  await look(second.page, 'rota-shifts-changed')
})

test('a month is filled in like the one before, and a shift is taken off', async () => {
  const { page } = await come(house, 'A coordinator')
  await page.goto(`/rotas/front-door/shifts/${month(4).code}`)
  await page.getByRole('link', { name: `Fill in as in ${month(3).words}` }).click()
  const tuesday = page.getByRole('group', { name: /Tuesday, 13:00 to 17:00/ })
  await page.getByRole('button', { name: /^Save the shifts/ }).click()
  await page.goto(`/rotas/front-door/shifts/${month(4).code}`)
  await tuesday.getByLabel('Remove this shift').check()
  await page.getByRole('button', { name: /^Save the shifts/ }).click()
  await look(page, 'rota-copied')
  await page.goto(`/rotas/front-door?week=${month(4).code}-15`)
  assert.match(await page.textContent('main'), /Nobody[\s\S]*1pm to 5pm/)
})

test('one’s own shifts are told under a whole address, until nobody may read them', async () => {
  const { page } = await come(house, 'The duty adviser')
  await page.goto('/rotas/front-door/feed')
  await page.getByRole('button', { name: 'Get an address' }).click()
  await look(page, 'rota-feed')
  const address = (await page.locator('code').innerText()).trim()
  assert.ok(address.startsWith(house.address), address)
  const calendar = await fetch(address)
  assert.match(await calendar.text(), /BEGIN:VCALENDAR/)
  await page.getByText('Stop sharing your shifts').click()
  await page.getByRole('button', { name: 'Stop sharing' }).click()
  await look(page, 'rota-feed-revoked')
  assert.equal((await fetch(address)).ok, false)
})

test('of several teams one chooses whose rota to see', async () => {
  const formed = await fetch(`${house.address}/api/v1/teams/early-years`, {
    method: 'PUT',
    headers: { authorization: 'Bearer demo-admin', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Early years', manager: 'mira-kenward', members: [{ account: 'gwen-tudor' }] }),
  })
  assert.equal(formed.status, 200, await formed.text())
  const { page } = await come(house, 'A coordinator')
  await page.goto('/rotas/front-door')
  await page.getByRole('link', { name: 'Early years' }).click()
  await look(page, 'rota-another-team')
  assert.match(await page.textContent('main'), /Mira Kenward takes what comes in, as line manager/)
})

test('who may not see the rota finds no such page, and who may not change it is not offered to', async () => {
  const school = await come(house, 'A school')
  assert.equal((await school.page.goto('/rotas/front-door')).status(), 404)
  const commissioner = await come(house, 'A commissioner')
  await commissioner.page.goto('/rotas/front-door')
  await look(commissioner.page, 'rota-commissioner')
  assert.equal(await commissioner.page.getByRole('main').getByRole('button').count(), 0)
  const adviser = await come(house, 'The duty adviser')
  assert.equal((await adviser.page.goto(`/rotas/front-door/shifts/${month(2).code}`)).status(), 404)
})

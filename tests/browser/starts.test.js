// Where everybody begins: a short menu, what needs them now with how much of it, and the way to
// everything else.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { api, open, come, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

/** Whither each person's start leads, in the menu or on the page: what their role may see. */
const LEADS = {
  'A school': ['/requests', '/services'],
  'The duty adviser': ['/requests', '/calls/new', '/rotas/front-door', '/panels', '/services', '/packages', '/figures', '/rules', '/schools', '/calendar', '/escalations'],
  'A coordinator': ['/requests', '/calls/new', '/rotas/front-door', '/panels', '/packages', '/services', '/figures', '/rules', '/schools', '/calendar', '/notices?state=given_up', '/escalations', '/panels/calendar'],
  'A service manager': ['/services/sensory-support/work', '/requests', '/services', '/figures', '/packages', '/rules', '/break-glass'],
  'The panel manager': ['/panels', '/requests', '/packages', '/figures', '/services', '/rules', '/break-glass'],
  'A commissioner': ['/figures', '/requests', '/rules', '/services', '/panels', '/packages', '/rotas/front-door', '/escalations'],
  'An auditor': ['/audit', '/requests', '/figures', '/audit/unusual', '/audit/break-glass', '/audit/verify', '/audit/checkpoints', '/rules', '/panels', '/packages', '/services', '/rotas/front-door', '/accounts', '/subject-access', '/retention', '/escalations'],
  'The data protection officer': ['/privacy', '/audit', '/requests', '/children', '/subject-access', '/retention', '/retention/due', '/audit/unusual', '/audit/break-glass', '/audit/looked', '/services', '/rotas/front-door', '/accounts'],
  'The administrator': ['/administration', '/accounts', '/teams', '/schools', '/services', '/panels', '/rules', '/calendar', '/policy', '/retention', '/keys/master', '/notices', '/rotas/front-door'],
}

const hrefs = links => links.evaluateAll(all => all.map(it => it.getAttribute('href')))

for (const [who, wanted] of Object.entries(LEADS)) {
  test(`${who}: a menu of three to six, and everything else one click from the start`, async () => {
    const { page, broken } = await come(house, who)
    const menu = await hrefs(page.locator('#navigation a'))
    assert.ok(menu.length >= 3 && menu.length <= 6, `${menu}`)
    await look(page, `start-${who.toLowerCase().replaceAll(' ', '-')}`)
    await narrow(page, `start-${who.toLowerCase().replaceAll(' ', '-')}`)
    const found = new Set([...menu, ...await hrefs(page.locator('main a'))].map(it => it.split('#')[0]))
    for (const path of wanted) assert.ok(found.has(path), `${path} is not in ${[...found]}`)
    for (const path of found) {
      if (path.startsWith('/api/')) continue
      const answer = await page.goto(path)
      assert.equal(answer.status(), 200, path)
    }
    assert.deepEqual(broken, [])
  })
}

test('the menu says where one is, also on a page within', async () => {
  const { page } = await come(house, 'An auditor')
  const here = page.locator('#navigation [aria-current]')
  assert.equal(await here.innerText(), 'Start')
  await page.goto('/audit/events/1')
  assert.equal(await here.innerText(), 'Audit')
})

/** How much waits, by what the start says; the page that a count leads to shows as much. */
async function waits(page, words) {
  const line = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: words, exact: true }) })
  const says = (await line.locator('.govuk-task-list__status').innerText()).trim()
  return says === 'None' ? 0 : Number.parseInt(says, 10)
}

test('a coordinator sees whom to chase and who was not told, and comes to them', async () => {
  const { page } = await come(house, 'A coordinator')
  for (const [words, path] of [['Waiting for a school', 'status=awaiting_information'], ['Late', 'late=true']]) {
    await page.goto('/')
    const count = await waits(page, words)
    await page.getByRole('link', { name: words, exact: true }).click()
    assert.match(page.url(), new RegExp(path))
    const rows = await page.getByRole('rowheader').count()
    assert.equal(Math.min(count, 50), rows, words)
  }
  await page.goto('/')
  await page.getByRole('link', { name: 'Log a phone call' }).or(page.getByRole('button', { name: 'Log a phone call' })).click()
  assert.match(page.url(), /calls\/new/)
  await page.goto('/')
  const prepare = page.getByRole('link', { name: /^(Build the agenda|Publish the packs)/ }).first()
  await prepare.click()
  assert.match(page.url(), /\/meetings\/.*\/agenda$/)
})

test('an officer sees a request for access come, and the records that are due', async () => {
  const sent = await api(house, 'school-900001', 'POST', '/requests', {
    about: 'child', requested_by: { name: 'R. Hughes', role: 'SENCO' },
    child: { given_name: 'Isla', family_name: 'Quendelina', date_of_birth: '2016-03-02' },
    needs: { primary: 'HI' }, support_sought: ['advice'],
    consent: { given: true, by: 'parent', on: '2026-06-01', method: 'written' },
  })
  const { page } = await come(house, 'The data protection officer')
  const before = await waits(page, 'Subject access requests that are open')
  const { child } = await api(house, 'dpo', 'GET', `/requests/${sent.id}`)
  const today = new Date().toISOString().slice(0, 10)
  await api(house, 'dpo', 'POST', `/children/${child.id}/subject-access`, { received_on: today, by: 'parent', identity_checked: true })
  await page.goto('/')
  assert.equal(await waits(page, 'Subject access requests that are open'), before + 1)
  assert.match(await page.textContent('main'), /The next must be answered by/)
  await look(page, 'start-officer-asked')
  await page.getByRole('link', { name: 'Subject access requests that are open' }).click()
  assert.equal(await page.getByRole('rowheader').count(), before + 1)
})

test('an administrator sees rules that are being drafted', async () => {
  const commissioner = await come(house, 'A commissioner')
  await commissioner.page.getByRole('link', { name: 'Rules', exact: true }).click()
  await commissioner.page.getByRole('button', { name: 'Draft a change' }).click()
  const { page } = await come(house, 'The administrator')
  assert.equal(await waits(page, 'Rules being drafted'), 1)
  assert.match(await page.textContent('main'), /Bank holidays are known until/)
  await page.getByRole('link', { name: 'Rules being drafted' }).click()
  assert.match(await page.textContent('main'), /Draft 1/)
})

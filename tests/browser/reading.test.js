// Whatever stands in somebody's menu is a page of theirs, and reads well.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

const MENUS = {
  'A school': ['/', '/requests'],
  'The duty adviser': ['/requests', '/rotas/front-door', '/panels'],
  'A coordinator': ['/requests', '/rotas/front-door', '/panels'],
  'A service manager': ['/requests', '/services/sensory-support/work'],
  'The panel manager': ['/requests', '/panels'],
  'A panel’s chair': ['/requests', '/panels'],
  'A panel member': ['/requests', '/panels'],
  'A commissioner': ['/requests', '/figures'],
  'An auditor': ['/requests', '/audit', '/figures'],
  'The data protection officer': ['/requests', '/audit'],
  'The administrator': ['/administration', '/rules', '/rotas/front-door'],
}

for (const [who, least] of Object.entries(MENUS)) {
  test(`${who}: everything in the menu can be read`, async () => {
    const { page, broken } = await come(house, who)
    const menu = await page.locator('#navigation a').evaluateAll(links => links.map(it => it.getAttribute('href')))
    for (const path of least) assert.ok(menu.includes(path), `${path} is not in ${menu}`)
    for (const path of menu) {
      const answer = await page.goto(path)
      assert.equal(answer.status(), 200, path)
      await look(page, `${who.toLowerCase().replaceAll(' ', '-')}${path.replaceAll('/', '-')}`)
    }
    assert.deepEqual(broken, [])
  })
}

test('from the panels one gets to a queue and to a meeting', async () => {
  const { page } = await come(house, 'The panel manager')
  await page.goto('/panels')
  await page.getByRole('rowheader').getByRole('link').first().click()
  await look(page, 'panel-queue')
  await page.goto('/panels')
  await page.getByRole('cell').getByRole('link').first().click()
  await look(page, 'panel-meeting')
  assert.match(await page.textContent('main'), /Agenda/)
})

test('an officer sees what somebody looked at', async () => {
  const adviser = await come(house, 'The duty adviser')
  await adviser.page.goto('/requests')
  const officer = await come(house, 'The data protection officer')
  await officer.page.goto('/audit/looked/demo-adviser')
  await look(officer.page, 'looked')
  assert.match(await officer.page.textContent('main'), /Looked through requests/)
})

// An auditor under oath takes away what proves it, and checks it with nothing of ours: bytes,
// hashes and a signature.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { api, open, come, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

/** What a link downloads. */
async function taken(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: true }).click(),
  ])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

const said = async (page, name) => JSON.parse((await taken(page, name)).bytes.toString())
const hash = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
const leafOf = bytes => hash(Buffer.from([0]), bytes)
const nodeOf = (left, right) => hash(Buffer.from([1]), left, right)

/** The root that an audit path leads to (RFC 9162, 2.1.3.2). */
function rootOf(leaf, index, size, path) {
  let [at, last, root] = [index, size - 1, leaf]
  for (const step of path) {
    assert.ok(last > 0, 'the path is longer than the tree is high')
    if (at % 2 === 1 || at === last) {
      root = nodeOf(step, root)
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
    } else {
      root = nodeOf(root, step)
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  assert.equal(last, 0, 'the path ends below the root')
  return root
}

/** Whether a signed note is signed by a key: `name+id+key` (C2SP signed notes, Ed25519). */
function signed(note, publicKey) {
  const key = Buffer.from(publicKey.split('+').slice(2).join('+'), 'base64').subarray(1)
  const x = key.toString('base64url')
  const ed25519 = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const end = note.indexOf('\n\n') + 1
  const line = note.slice(end + 1).split('\n').find(it => it.startsWith(`— ${publicKey.split('+')[0]} `))
  const signature = Buffer.from(line.split(' ').at(-1), 'base64').subarray(4)
  return verify(null, Buffer.from(note.slice(0, end)), ed25519, signature)
}

test('an event, its proof and the checkpoint are taken away, and prove that it is in the log', async () => {
  const { page, broken } = await come(house, 'An auditor')
  await page.goto('/audit/events/700')
  await look(page, 'proof-event')
  await narrow(page, 'proof-event')
  const event = await taken(page, 'Download the event')
  assert.equal(event.name, 'event-700.json')
  assert.equal(JSON.parse(event.bytes.toString()).position, 700)
  const proof = await said(page, 'Download its proof')
  const leaf = leafOf(event.bytes)
  assert.equal(leaf.toString('base64'), proof.leaf_hash)
  const path = proof.hashes.map(it => Buffer.from(it, 'base64'))
  assert.equal(rootOf(leaf, proof.leaf_index, proof.size, path).toString('base64'), proof.root)

  const checkpoint = await said(page, 'Download the signed checkpoint')
  assert.ok(signed(checkpoint.note, checkpoint.public_key))
  assert.ok(!signed(checkpoint.note.replace(`\n${checkpoint.size}\n`, `\n${checkpoint.size + 1}\n`), checkpoint.public_key))
  if (checkpoint.size === proof.size) assert.equal(checkpoint.root, proof.root)
  const note = proof.checkpoint.split('\n')
  assert.deepEqual([note[1], note[2]], [String(proof.size), proof.root])
  assert.deepEqual(broken, [])
})

test('the checkpoint of now is taken from the start and from where the log is verified', async () => {
  const { page } = await come(house, 'An auditor')
  const first = await said(page, 'Take today’s signed checkpoint with you')
  assert.ok(signed(first.note, first.public_key))
  await page.goto('/audit/verify')
  const note = await taken(page, 'Download this checkpoint')
  assert.equal(note.name, 'checkpoint.txt')
  assert.ok(signed(note.bytes.toString(), first.public_key))
})

test('what a request looked like, and its decision made again, are taken away', async () => {
  const { page } = await come(house, 'An auditor')
  const { items } = await api(house, 'auditor', 'GET', '/audit/events?type=request.triaged&limit=1')
  const request = items[0].stream.slice('request-'.length)
  await page.goto(`/audit/requests/${request}?position=${items[0].position}`)
  await page.getByText('What proves it').click()
  const then = await said(page, 'Download what is shown, with this checkpoint')
  assert.equal(then.id, request)
  assert.equal(then.checkpoint.size, items[0].position)
  assert.ok(then.events.every(it => it.position <= items[0].position))
  await look(page, 'proof-as-at')
  await page.goto(`/audit/requests/${request}/replay`)
  const replay = await said(page, 'Download both decisions')
  assert.equal(replay.same, true)
  assert.deepEqual(replay.original.outcome, replay.replayed.outcome)
  await page.goto('/audit/replay?from=2025-10-01')
  const all = await said(page, 'Download the result')
  assert.equal(all.replayed, all.same + all.different)
})

test('from the event of an erasure an auditor comes to its certificate, and takes it away', async () => {
  const sent = await api(house, 'school-900001', 'POST', '/requests', {
    about: 'child', requested_by: { name: 'R. Hughes', role: 'SENCO' },
    child: { given_name: 'Wilf', family_name: 'Quendelina', date_of_birth: '2016-03-02' },
    needs: { primary: 'HI' }, support_sought: ['advice'],
    consent: { given: true, by: 'parent', on: '2026-06-01', method: 'written' },
  })
  const { child } = await api(house, 'dpo', 'GET', `/requests/${sent.id}`)
  await api(house, 'dpo', 'POST', `/children/${child.id}/erase`, { confirm: sent.reference, reason: { code: 'request' } })
  const { page, broken } = await come(house, 'An auditor')
  await page.goto('/audit/events?type=child.erased')
  await page.getByRole('rowheader').getByRole('link').last().click()
  await page.getByRole('link', { name: 'The certificate of this erasure' }).click()
  assert.match(await page.textContent('h1'), /Certificate of erasure/)
  await look(page, 'proof-certificate')
  const certificate = await said(page, 'download the certificate')
  assert.deepEqual(certificate.children, [child.id])
  const { recorded } = certificate
  const leaf = Buffer.from(recorded.leaf_hash, 'base64')
  const path = recorded.hashes.map(it => Buffer.from(it, 'base64'))
  assert.equal(rootOf(leaf, recorded.leaf_index ?? recorded.position - 1, recorded.size, path).toString('base64'), recorded.root)
  assert.doesNotMatch(JSON.stringify(certificate), /Wilf|Quendelina/)
  assert.deepEqual(broken, [])
})

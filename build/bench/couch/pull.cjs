// pull.cjs URL DIR N: one replication of PouchDB from URL into a LevelDB in DIR. It
// prints the seconds that it took; a wrong number of documents is a failure.
const PouchDB = require('pouchdb-node')

async function main() {
  const [url, dir, n] = process.argv.slice(2)
  const db = new PouchDB(dir)
  const begun = process.hrtime.bigint()
  const done = await db.replicate.from(url, { batch_size: 1000, batches_limit: 10 })
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9
  const { doc_count: count } = await db.info()
  await db.close()
  if (!done.ok || count !== Number(n)) throw new Error(`${count} documents instead of ${n}`)
  console.log(JSON.stringify({ wall: seconds, cpu: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6 }))
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})

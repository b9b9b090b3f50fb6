// Recomputes from the topics that every sequence number reached the SIEM topic exactly once, or stands in a published
// EventsLost, and that each history is as complete as it says.
// usage: node check.mjs BOOTSTRAP REGISTRY-URL      prints one JSON object; exit status 1 when a promise is broken
import { readTopic } from './topics.mjs';

const [bootstrap, registry] = process.argv.slice(2);
if (!registry) {
  console.error('usage: node check.mjs BOOTSTRAP REGISTRY-URL');
  process.exit(2);
}

const hex = (uuid) => Buffer.from(uuid).toString('hex');
const source = (event, cpu) => [hex(event.host_id), hex(event.boot_id), hex(event.capture_id), cpu].join('/');

/** What one cpu of one capture numbered: delivered numbers with their count, and the ranges declared lost. */
class Source {
  delivered = new Map();
  lost = [];
  newest = 0n;
  outOfOrder = 0;

  deliver(sequence) {
    if (sequence < this.newest && !this.delivered.has(sequence)) this.outOfOrder++;
    if (sequence > this.newest) this.newest = sequence;
    this.delivered.set(sequence, (this.delivered.get(sequence) ?? 0) + 1);
  }

  last() {
    let last = 0n;
    for (const sequence of this.delivered.keys()) if (sequence > last) last = sequence;
    for (const range of this.lost) if (range.last > last) last = range.last;
    return last;
  }

  isLost(sequence) {
    return this.lost.some((range) => range.first <= sequence && sequence <= range.last);
  }
}

const sources = new Map();
const at = (key) => sources.get(key) ?? sources.set(key, new Source()).get(key);
const problems = [];
const count = { task_events: 0, audit_events: 0, histories: 0, whole: 0, declared_lost: 0, lost_and_delivered: 0, out_of_order: 0 };
const lostBy = {}; // cause → kind → count, as published
const execs = {}; // executable → count
const problem = (text) => { if (problems.push(text) > 50) finish(); };

const taskId = (event, task) => [hex(event.host_id), hex(event.boot_id), task.pid, task.start_nanos].join('/');
const born = new Map(); // task → exec count of its creator at the fork
const seen = new Set(); // tasks that a snapshot saw

const published = new Map();
await readTopic({
  bootstrap, registry, topic: 'tasktrail.task-events',
  each: ({ value }) => {
    count.task_events++;
    const key = source(value, value.cpu);
    if (!published.has(key)) published.set(key, new Set());
    published.get(key).add(value.sequence);
  },
});

await readTopic({
  bootstrap, registry, topic: 'tasktrail.audit-events',
  each: ({ value: audit }) => {
    count.audit_events++;
    const { event, task, revision, notice } = audit;
    if (notice) {
      if (task) checkHistory(event, task.history);
      return;
    }
    if (revision === 0) at(source(event, event.cpu)).deliver(event.sequence);
    if (event.events_lost) lose(event, event.events_lost);
    if (revision === 0 && event.executed) add(execs, Buffer.from(event.executed.executable).toString(), 1);
    if (event.forked) born.set(taskId(event, event.forked.child), event.actor.exec_count);
    if (event.task_seen) seen.add(taskId(event, event.actor.task));
    if (task) {
      checkHistory(event, task.history);
      checkCompleteness(event, task);
    }
  },
});

function add(sums, key, count) {
  sums[key] = (sums[key] ?? 0) + count;
}

function lose(event, lost) {
  at(source(event, lost.cpu)).lost.push(lost);
  const kinds = (lostBy[lost.cause] ??= {});
  for (const { kind, count } of lost.kinds) add(kinds, kind, Number(count));
}

/** An exec or a fork that never arrived must show in every history that it touches. */
function checkCompleteness(event, { task, history }) {
  const id = taskId(event, task);
  const where = `${source(event, event.cpu)} #${event.sequence}`;
  const mayBe = (...allowed) => {
    if (!allowed.includes(history.completeness)) problem(`${where}: ${history.completeness}, can be ${allowed.join(' or ')} at best`);
  };
  if (!born.has(id)) {
    if (!seen.has(id) && history.exec_count > 0n) mayBe('INFERRED');
    return;
  }
  const known = new Set(history.links.map((link) => link.ordinal));
  for (let ordinal = born.get(id) + 1n; ordinal <= history.exec_count && history.omitted.count === 0n; ordinal++) {
    if (!known.has(ordinal)) return mayBe('GAP', 'INFERRED');
  }
}

function checkHistory(event, history) {
  count.histories++;
  const known = BigInt(history.links.length - 1) + history.omitted.count;
  const missing = history.exec_count - known;
  const where = `${source(event, event.cpu)} #${event.sequence}`;
  if (history.missing_links !== missing) problem(`${where}: says ${history.missing_links} missing links, there are ${missing}`);
  if (missing < 0n) problem(`${where}: more links than the kernel counted execs`);
  if (history.completeness === 'WHOLE') {
    count.whole++;
    if (missing !== 0n) problem(`${where}: WHOLE with ${missing} missing links`);
  }
  let ordinal = -1n;
  for (const link of history.links) {
    if (link.ordinal <= ordinal) problem(`${where}: links out of order`);
    ordinal = link.ordinal;
  }
  if (ordinal > history.exec_count) problem(`${where}: a link beyond the exec count`);
}

for (const [key, { delivered }] of sources) {
  for (const [sequence, times] of delivered) if (times > 1) problem(`${key} #${sequence}: ${times} times`);
}
for (const [key, sequences] of published) {
  for (const sequence of sequences) if (!at(key).delivered.has(sequence)) problem(`${key} #${sequence}: published, not in the SIEM topic`);
}
for (const [key, numbered] of sources) {
  const last = numbered.last();
  // Cpus below 0 are of snapshots, which come before what is older, and of the agent.
  if (Number(key.split('/').at(-1)) >= 0) count.out_of_order += numbered.outOfOrder;
  for (let sequence = 1n; sequence <= last; sequence++) {
    const isDelivered = numbered.delivered.has(sequence);
    const isLost = numbered.isLost(sequence);
    if (isLost) count.declared_lost++;
    if (isLost && isDelivered) count.lost_and_delivered++;
    if (!isLost && !isDelivered) problem(`${key} #${sequence}: neither delivered nor declared lost`);
  }
}
finish();

function finish() {
  const ofSource = [...sources].map(([key, numbered]) => ({ source: key, delivered: numbered.delivered.size, last: Number(numbered.last()) }));
  console.log(JSON.stringify({ ok: problems.length === 0, ...count, lost_by: lostBy, execs, sources: ofSource, problems }, null, 1));
  process.exit(problems.length === 0 ? 0 : 1);
}

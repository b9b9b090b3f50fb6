// Reads a whole topic by clients that share no code with tasktrail: kafkajs, Confluent's JavaScript registry client, avsc.
import { createRequire } from 'node:module';
import avsc from 'avsc';
import lz4 from 'lz4js';

const require = createRequire(import.meta.url);
const { Kafka, CompressionTypes, CompressionCodecs, logLevel } = require('kafkajs');
const { SchemaRegistryClient, AvroDeserializer, SerdeType } = require('@confluentinc/schemaregistry');

CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

// Nanoseconds since 1970 are beyond what a double holds exactly.
const bigLong = avsc.types.LongType.__with({
  fromBuffer: (buffer) => buffer.readBigInt64LE(),
  toBuffer: (value) => { const buffer = Buffer.alloc(8); buffer.writeBigInt64LE(value); return buffer; },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value) => typeof value === 'bigint',
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
});

/**
 * Decodes values as Confluent's serializers frame them: a zero, the id of the schema, Avro binary. The first value of each schema
 * is also read by Confluent's own deserializer, which takes five times as long, for it looks through the schema each time.
 */
class Decoder {
  types = new Map();

  constructor(client, topic) {
    this.client = client;
    this.topic = topic;
    this.confluents = new AvroDeserializer(client, SerdeType.VALUE, { registry: { long: bigLong } });
  }

  async decode(value) {
    if (value[0] !== 0) throw new Error(`${this.topic}: a value that begins with ${value[0]}, not with 0`);
    const id = value.readInt32BE(1);
    const type = this.types.get(id) ?? (await this.learn(id, value));
    return type.fromBuffer(value.subarray(5));
  }

  async learn(id, value) {
    await this.confluents.deserialize(this.topic, value);
    const { schema } = await this.client.getBySubjectAndId(`${this.topic}-value`, id);
    const type = avsc.Type.forSchema(JSON.parse(schema), { registry: { long: bigLong } });
    this.types.set(id, type);
    return type;
  }
}

/** Calls `each({key, value, partition, offset})` for every committed record of the topic as it is now, in order. */
export async function readTopic({ bootstrap, registry, topic, each }) {
  const kafka = new Kafka({ clientId: 'tasktrail-checker', brokers: bootstrap.split(','), logLevel: logLevel.ERROR });
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const left = new Map(offsets.filter((o) => BigInt(o.high) > BigInt(o.low)).map((o) => [o.partition, BigInt(o.high)]));
  if (left.size === 0) return;

  const client = new SchemaRegistryClient({ baseURLs: [registry], cacheCapacity: 100 });
  const decoder = new Decoder(client, topic);
  const consumer = kafka.consumer({ groupId: `tasktrail-checker-${process.pid}-${topic}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise((resolve, reject) => {
    // A transaction's end marker takes an offset, too: the end of a batch tells, not the last record.
    consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch, heartbeat }) => {
        try {
          for (const message of batch.messages) {
            const value = message.value === null ? null : await decoder.decode(message.value);
            await each({ key: String(message.key), value, partition: batch.partition, offset: message.offset });
          }
          await heartbeat();
          if (BigInt(batch.lastOffset()) + 1n >= (left.get(batch.partition) ?? 0n)) left.delete(batch.partition);
          if (left.size === 0) resolve();
        } catch (error) {
          reject(error);
        }
      },
    }).catch(reject);
  });
  await consumer.disconnect();
}

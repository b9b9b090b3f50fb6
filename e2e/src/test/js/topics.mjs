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
  const deserializer = new AvroDeserializer(client, SerdeType.VALUE, { registry: { long: bigLong } });
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
            const value = message.value === null ? null : await deserializer.deserialize(topic, message.value);
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

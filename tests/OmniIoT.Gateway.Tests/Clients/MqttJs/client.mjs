// MQTT.js, made to do one thing: client.mjs PORT VERSION STEP, with VERSION 4 or 5.
import mqtt from 'mqtt';

const [port, version, step] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
const limit = setTimeout(() => { console.error(`no end of ${step}`); process.exit(1); }, 15000);

function connect(clientId, options = {}) {
  const kept = options.kept && version === 5 ? { properties: { sessionExpiryInterval: 600 } } : {};
  return mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    clientId, protocolVersion: version, clean: !options.kept, reconnectPeriod: 0, ...kept, ...options.with,
  });
}

// The messages of a client, from before it is connected.
function inbox(client) {
  const messages = [], waiting = [];
  client.on('message', (topic, payload, packet) => {
    messages.push(packet);
    if (waiting.length > 0 && messages.length >= waiting[0].count) waiting.shift().resolve(messages.splice(0));
  });
  return (count) => messages.length >= count ? Promise.resolve(messages.splice(0)) : new Promise((resolve) => waiting.push({ count, resolve }));
}

const words = (packets) => packets.map((packet) => `${packet.payload}:${packet.qos}`).join(' ');

const steps = {
  async exchange() {
    const subscriber = await connect('js-sub'), publisher = await connect('js-pub'), received = inbox(subscriber);
    await subscriber.subscribeAsync('x/+', { qos: 2 });
    for (const qos of [0, 1, 2]) await publisher.publishAsync(`x/${qos}`, `m${qos}`, { qos });
    const live = await received(3);
    await publisher.publishAsync('r/1', 'kept', { qos: 1, retain: true });
    await subscriber.subscribeAsync('r/#', { qos: 1 });
    const [retained] = await received(1);
    console.log(`received ${words(live)} retained ${retained.payload}:${retained.retain ? 1 : 0}`);
    await Promise.all([subscriber.endAsync(), publisher.endAsync()]);
  },
  async will() {
    const watcher = await connect('js-watcher'), received = inbox(watcher);
    await watcher.subscribeAsync('w', { qos: 1 });
    const mortal = await connect('js-mortal', { with: { will: { topic: 'w', payload: 'gone', qos: 1, retain: false } } });
    mortal.stream.destroy();
    console.log(`will ${(await received(1))[0].payload}`);
    await watcher.endAsync();
  },
  async leave() {
    const client = await connect('kept', { kept: true });
    await client.subscribeAsync('kept/#', { qos: 2 });
    console.log('subscribed');
    await client.endAsync();
  },
  async publish() {
    const client = await connect('publisher');
    await client.publishAsync('kept/a', 'one', { qos: 1 });
    await client.publishAsync('kept/b', 'two', { qos: 2 });
    console.log('published');
    await client.endAsync();
  },
  async return() {
    const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
      clientId: 'kept', protocolVersion: version, clean: false, reconnectPeriod: 0, ...(version === 5 ? { properties: { sessionExpiryInterval: 600 } } : {}),
    });
    const received = inbox(client);
    const connack = await new Promise((resolve) => client.once('connect', resolve));
    console.log(`present ${connack.sessionPresent ? 1 : 0} received ${words(await received(2))}`);
    await client.endAsync();
  },
};

await steps[step]();
clearTimeout(limit);

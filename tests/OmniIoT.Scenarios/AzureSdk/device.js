// A device with the Azure IoT SDK, unmodified. Does what the JSON in its first argument says and tells what happens, a line each.
'use strict';
const fs = require('fs');
const { Client, Message } = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');

const plan = JSON.parse(process.argv[2]);
const tell = (what, value) => console.log(value === undefined ? what : `${what} ${JSON.stringify(value)}`);
const fail = (what) => (error) => { tell(`${what} failed`, { name: error.name, message: error.message }); process.exit(1); };
const propertiesOf = (message) => Object.fromEntries(message.properties.propertyList.map(({ key, value }) => [key, value]));

function clientOf() {
  const client = Client.fromConnectionString(plan.connection, Mqtt);
  const options = { ca: fs.readFileSync(plan.ca, 'utf8'), keepalive: 30 };
  if (plan.cert) Object.assign(options, { cert: fs.readFileSync(plan.cert, 'utf8'), key: fs.readFileSync(plan.key, 'utf8') });
  return client.setOptions(options).then(() => client);
}

function messageOf({ body, properties, ...system }) {
  const message = new Message(typeof body === 'string' ? body : JSON.stringify(body));
  for (const [key, value] of Object.entries(properties ?? {})) message.properties.add(key, value);
  return Object.assign(message, system);
}

function listenToMessages(client) {
  client.on('message', (message) => {
    tell('message', { id: message.messageId, body: message.data.toString(), type: message.contentType ?? null, properties: propertiesOf(message) });
    client.complete(message, () => {});
  });
}

function listenToMethods(client) {
  for (const [name, { status, result }] of Object.entries(plan.methods)) {
    client.onDeviceMethod(name, (request, response) => {
      tell('method', { name: request.methodName, arguments: request.payload });
      response.send(status, result, (error) => tell(error ? `answer failed ${error.message}` : 'answered'));
    });
  }
}

async function followTwin(client) {
  const twin = await client.getTwin();
  tell('twin', { desired: twin.properties.desired, reported: { ...twin.properties.reported, update: undefined } });
  let isFirst = true; // The SDK tells a listener at once what is known already.
  twin.on('properties.desired', (change) => { tell(isFirst ? 'known' : 'desired', change); isFirst = false; });
  for (const patch of plan.report ?? []) {
    await new Promise((resolve) => twin.properties.reported.update(patch, (error) => { tell(error ? 'refused' : 'reported', error?.message); resolve(); }));
  }
}

async function run() {
  const client = await clientOf();
  client.on('disconnect', () => tell('disconnected'));
  client.on('error', (error) => tell('error', { message: error.message }));
  if (plan.messages) listenToMessages(client);
  await client.open().catch(fail('connect'));
  tell('connected');
  if (plan.methods) listenToMethods(client);
  for (const telemetry of plan.telemetry ?? []) {
    await client.sendEvent(messageOf(telemetry)).catch(fail('send'));
    tell('sent');
  }
  if (plan.twin) await followTwin(client).catch(fail('twin'));
  tell('ready');
  if (plan.leaves) await client.close().then(() => process.exit(0));
}

process.on('SIGTERM', () => process.exit(0));
run().catch(fail('run'));

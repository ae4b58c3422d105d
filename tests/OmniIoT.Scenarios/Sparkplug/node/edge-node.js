// An edge node built with sparkplug-client. It says its births when it connects and when it is asked to, does what lines on its
// input say, and writes a line of JSON for whatever happens.
'use strict';

const readline = require('node:readline');
const { newClient } = require('sparkplug-client');

const { options, births, applies, birthsOnce } = JSON.parse(process.argv[2]);
const client = newClient({ keepalive: 30, ...options });

const say = (event, rest = {}) => console.log(JSON.stringify({ event, ...rest }));
// The client changes what it is given.
const stamped = payload => ({ timestamp: Date.now(), ...structuredClone(payload) });

function sayBirths() {
  client.publishNodeBirth(stamped(births.node));
  for (const [device, payload] of Object.entries(births.devices ?? {})) client.publishDeviceBirth(device, stamped(payload));
  say('births');
}

function isRebirth(payload) {
  return payload.metrics.some(metric => metric.name === 'Node Control/Rebirth' && metric.value === true);
}

let connections = 0;
client.on('birth', () => {
  connections++;
  if (connections > 1 && birthsOnce) say('back');
  else sayBirths();
});
client.on('close', () => say('close'));
client.on('error', error => say('error', { message: error.message }));
client.on('message', (topic, payload) => say('message', { topic, payload }));
client.on('ncmd', payload => {
  say('ncmd', { metrics: payload.metrics });
  if (isRebirth(payload)) sayBirths();
  else if (applies) client.publishNodeData(stamped({ metrics: payload.metrics }));
});
client.on('dcmd', (device, payload) => {
  say('dcmd', { device, metrics: payload.metrics });
  if (applies) client.publishDeviceData(device, stamped({ metrics: payload.metrics }));
});

readline.createInterface({ input: process.stdin }).on('line', line => {
  const { call, device, payload, compression } = JSON.parse(line);
  const content = payload === undefined ? [] : [stamped(payload)];
  client[call](...(device === undefined ? [] : [device]), ...content, ...(compression === undefined ? [] : [{ compress: true, algorithm: compression }]));
});

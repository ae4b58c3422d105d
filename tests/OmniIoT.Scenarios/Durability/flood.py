"""Floods an MQTT server from several devices and records each acknowledgement, through as many of its deaths as come.

Takes a JSON file: {"servers", "keepAliveSeconds", "qos", "window", "count", "topic", "record", "devices": [{"id", "secret"}]}. The
devices share the servers ("address:port"); one whose connection breaks goes on to the next. Each device sends
messages 1 to count in order, at most a window of them unacknowledged, in a persistent session; what was not acknowledged
when the connection broke, Paho sends again. Every other device speaks MQTT 5.0, the rest 3.1.1. The record gets a line "device number" per acknowledgement (PUBACK, or PUBCOMP
at QoS 2). Standard output tells how many there are, "told device code" for each DISCONNECT of MQTT 5.0, and "done" at the end.
"""
import itertools
import json
import sys
import time

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

PREFIX = "flood-"
EPISODE = 50  # messages for which a device is cool, and then hot
RETRY_SECONDS = 0.05
SESSION_SECONDS = 3600
UNAVAILABLE = {3, 136, 137, 156}  # reasons to try the next server: MQTT 3.1.1 section 3.2.2.3, MQTT 5.0 section 3.2.2.2


class Client(mqtt.Client):
    """Paho keeps a DISCONNECT to itself that has nothing but its reason code."""

    def _handle_disconnect(self):
        packet = self._in_packet["packet"]
        print(f"told {self._client_id.decode()[len(PREFIX):]} {packet[0] if packet else 0}", flush=True)
        return super()._handle_disconnect()


def new_client(client_id, protocol):
    version = [mqtt.CallbackAPIVersion.VERSION1] if hasattr(mqtt, "CallbackAPIVersion") else []
    if protocol == mqtt.MQTTv5:
        return Client(*version, client_id=client_id, protocol=protocol)
    return Client(*version, client_id=client_id, protocol=protocol, clean_session=False)


def connect_later(client, server, protocol, keepalive):
    address, port = server.rsplit(":", 1)
    if protocol == mqtt.MQTTv5:
        properties = Properties(PacketTypes.CONNECT)
        properties.SessionExpiryInterval = SESSION_SECONDS
        client.connect_async(address, int(port), keepalive, clean_start=False, properties=properties)
    else:
        client.connect_async(address, int(port), keepalive)


class Device:
    def __init__(self, settings, spec, protocol, record, servers):
        self.settings, self.record = settings, record
        self.protocol, self.servers = protocol, servers
        self.id = spec["id"]
        self.topic = f"devices/{self.id}/{settings['topic']}"
        self.sent, self.acknowledged, self.under_way = 0, 0, {}
        self.is_connected, self.has_connection = False, False
        self.started_ms = int(time.time() * 1000)
        self.client = new_client(PREFIX + self.id, protocol)
        self.client.username_pw_set(self.id, spec["secret"])
        self.client.max_inflight_messages_set(settings["window"])
        self.client.on_connect = self.on_connect
        self.client.on_publish = self.on_publish

    @property
    def is_done(self):
        return self.acknowledged == self.settings["count"]

    def on_connect(self, client, userdata, flags, code, properties=None):
        reason = getattr(code, "value", code)
        if reason not in UNAVAILABLE | {0}:
            sys.exit(f"{self.id} was refused: {code}")
        self.is_connected = reason == 0

    def on_publish(self, client, userdata, mid):
        self.record.write(f"{self.id} {self.under_way.pop(mid)}\n")
        self.acknowledged += 1

    def turn(self):
        if not self.has_connection and not self.connect():
            return
        if self.is_connected:
            self.fill()
        if self.client.loop(timeout=0.001) != mqtt.MQTT_ERR_SUCCESS:
            self.is_connected = self.has_connection = False

    def connect(self):
        # Paho forgets at a second failed attempt that a message had come as far as PUBREC, and would publish it anew.
        for message in self.client._out_messages.values():
            if message.state == mqtt.mqtt_ms_resend_pubrel:
                message.state = mqtt.mqtt_ms_wait_for_pubcomp
        try:
            connect_later(self.client, next(self.servers), self.protocol, self.settings["keepAliveSeconds"])
            self.client.reconnect()
            self.has_connection = True
        except OSError:
            time.sleep(RETRY_SECONDS)
        return self.has_connection

    def fill(self):
        while self.sent < self.settings["count"] and len(self.under_way) < self.settings["window"]:
            self.sent += 1
            # Whatever it returns, Paho keeps the message until it is acknowledged.
            info = self.client.publish(self.topic, self.payload(self.sent), self.settings["qos"])
            self.under_way[info.mid] = self.sent

    def payload(self, number):
        if self.settings["topic"] != "telemetry":
            return f"not JSON, number {number}"
        is_hot = (number - 1) // EPISODE % 2 == 1
        values = {"temperature": 90 if is_hot else 60, "number": number}
        return json.dumps({"ts": self.started_ms + 10 * number, "seq": number, "values": values})


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    told = 0
    # Line by line: the record is read while it grows.
    with open(settings["record"], "w", encoding="utf-8", buffering=1) as record:
        protocols = itertools.cycle([mqtt.MQTTv311, mqtt.MQTTv5])
        devices = [
            Device(settings, spec, protocol, record, itertools.cycle(settings["servers"][start:] + settings["servers"][:start]))
            for spec, protocol, start in zip(settings["devices"], protocols, itertools.cycle(range(len(settings["servers"]))))
        ]
        while not all(device.is_done for device in devices):
            for device in devices:
                device.turn()
            acknowledged = sum(device.acknowledged for device in devices)
            if acknowledged != told:
                told = acknowledged
                print(f"acknowledged {acknowledged}", flush=True)
    print("done", flush=True)


main()

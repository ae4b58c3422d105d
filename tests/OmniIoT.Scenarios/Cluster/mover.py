"""An MQTT 5.0 client with a persistent session that moves on to the next server again and again, and then stays.

Arguments: ports (with commas between), user, password, client id, filter, moves, seconds between them. It acknowledges at QoS 1 whatever
comes, and moves without a goodbye every other time: then the next server has the session while the last one does not know yet. It begins
to move with the first message. It writes a line per event: "subscribed", "message dup|first topic payload", "stays".
"""
import itertools
import sys
import time

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

SESSION_SECONDS = 3600
RETRY_SECONDS = 0.02


def say(*words):
    print(*words, flush=True)


def connect(port, user, password, client_id, topic_filter):
    version = [mqtt.CallbackAPIVersion.VERSION1] if hasattr(mqtt, "CallbackAPIVersion") else []
    client = mqtt.Client(*version, client_id=client_id, protocol=mqtt.MQTTv5)
    client.username_pw_set(user, password)
    client.is_refused, client.is_subscribed, client.has_message = False, False, False

    def on_connect(_, userdata, flags, code, properties=None):
        client.is_refused = getattr(code, "value", code) != 0
        if not client.is_refused and not flags["session present"]:
            client.subscribe(topic_filter, 1)

    client.on_connect = on_connect

    def on_subscribe(*_):
        client.is_subscribed = True
        say("subscribed")

    client.on_subscribe = on_subscribe

    def on_message(_, userdata, message):
        client.has_message = True
        say("message", "dup" if message.dup else "first", message.topic, message.payload.decode())

    client.on_message = on_message
    properties = Properties(PacketTypes.CONNECT)
    properties.SessionExpiryInterval = SESSION_SECONDS
    client.connect("127.0.0.1", port, clean_start=False, properties=properties)
    return client


def main():
    ports, user, password, client_id, topic_filter, moves, seconds = sys.argv[1:]
    ports = itertools.cycle(int(port) for port in ports.split(","))
    arguments = (user, password, client_id, topic_filter)
    current, last = connect(next(ports), *arguments), None
    while not (current.is_subscribed and current.has_message):
        current.loop(timeout=0.005)
    done, move_at = 0, time.monotonic() + float(seconds)
    while True:
        if last and last.loop(timeout=0.001) != mqtt.MQTT_ERR_SUCCESS:
            last = None
        if current.loop(timeout=0.005) != mqtt.MQTT_ERR_SUCCESS or current.is_refused:
            time.sleep(RETRY_SECONDS)
            current = connect(next(ports), *arguments)
        if done < int(moves) and time.monotonic() >= move_at:
            done, move_at = done + 1, time.monotonic() + float(seconds)
            if done % 2:
                current.disconnect()
                current.loop(timeout=0)
            if last:
                last.disconnect()
            last, current = current, connect(next(ports), *arguments)
            if done == int(moves):
                say("stays")


main()

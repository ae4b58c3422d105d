"""One MQTT 5.0 client with a persistent session that is told what to do and says what it sees; it does not come back by itself.

Arguments: port, user, password, client id, filter ("" for no subscription), "acknowledge" or "hold". One message at a time is under way
to it; when it holds, it acknowledges none. It writes a line per event: "connected present|new", "subscribed", "message dup|first topic
payload", "told reason".
"""
import sys

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

SESSION_SECONDS = 3600


def say(*words):
    print(*words, flush=True)


class Client(mqtt.Client):
    holds = False

    def _handle_disconnect(self):
        packet = self._in_packet["packet"]
        say("told", packet[0] if packet else 0)
        return super()._handle_disconnect()

    def _send_puback(self, mid):
        return mqtt.MQTT_ERR_SUCCESS if self.holds else super()._send_puback(mid)


def main():
    port, user, password, client_id, topic_filter, mode = sys.argv[1:]
    version = [mqtt.CallbackAPIVersion.VERSION1] if hasattr(mqtt, "CallbackAPIVersion") else []
    client = Client(*version, client_id=client_id, protocol=mqtt.MQTTv5)
    client.holds = mode == "hold"
    client.username_pw_set(user, password)

    def on_connect(_, userdata, flags, code, properties=None):
        if getattr(code, "value", code) != 0:
            sys.exit(f"refused: {code}")
        say("connected", "present" if flags["session present"] else "new")
        if topic_filter:
            client.subscribe(topic_filter, 1)

    def on_message(_, userdata, message):
        say("message", "dup" if message.dup else "first", message.topic, message.payload.decode())

    client.on_connect = on_connect
    client.on_subscribe = lambda *_: say("subscribed")
    client.on_message = on_message
    properties = Properties(PacketTypes.CONNECT)
    properties.SessionExpiryInterval = SESSION_SECONDS
    properties.ReceiveMaximum = 1
    client.connect("127.0.0.1", int(port), clean_start=False, properties=properties)
    while client.loop() == mqtt.MQTT_ERR_SUCCESS:
        pass


main()

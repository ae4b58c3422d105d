# A session that outlives its connection: leave (subscribe and go), publish, return (get what waited).
import sys
import threading
import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

port, version, step = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
connected, subscribed, received, done = threading.Event(), threading.Event(), [], threading.Event()
present = []


def on_connect(client, userdata, flags, *rest):
    present.append(flags["session present"])
    connected.set()


def on_message(client, userdata, message):
    received.append(f"{message.payload.decode()}:{message.qos}")
    if len(received) == 2:
        done.set()


def connect(name):
    if version == 5:
        client = mqtt.Client(name, protocol=version)
        properties = Properties(PacketTypes.CONNECT)
        properties.SessionExpiryInterval = 600
        arguments = {"clean_start": False, "properties": properties}
    else:
        client = mqtt.Client(name, protocol=version, clean_session=False)
        arguments = {}
    client.on_connect, client.on_message = on_connect, on_message
    client.on_subscribe = lambda *args: subscribed.set()
    client.connect("127.0.0.1", port, **arguments)
    client.loop_start()
    assert connected.wait(10), "no CONNACK"
    return client


client = connect("publisher" if step == "publish" else "kept")
if step == "leave":
    client.subscribe("kept/#", 2)
    assert subscribed.wait(10), "no SUBACK"
    print("subscribed")
elif step == "publish":
    client.publish("kept/a", "one", 1).wait_for_publish(10)
    client.publish("kept/b", "two", 2).wait_for_publish(10)
    print("published")
else:
    assert done.wait(10), f"only {received}"
    print(f"present {int(present[0])} received {' '.join(received)}")
client.disconnect()
client.loop_stop()

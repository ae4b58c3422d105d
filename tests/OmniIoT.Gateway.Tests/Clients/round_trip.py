# Subscribes and publishes with one client each; prints whether all messages came once and in order.
import sys
import threading
import paho.mqtt.client as mqtt

port, version, qos, count = (int(a) for a in sys.argv[1:5])
received, done, ready = [], threading.Event(), threading.Event()


def on_message(client, userdata, message):
    received.append(int(message.payload))
    if len(received) == count:
        done.set()


subscriber = mqtt.Client("paho-sub", protocol=version)
subscriber.on_message = on_message
subscriber.on_subscribe = lambda *args: ready.set()
subscriber.connect("127.0.0.1", port)
subscriber.loop_start()
subscriber.subscribe("paho/+/x", qos)
assert ready.wait(10), "no SUBACK"

publisher = mqtt.Client("paho-pub", protocol=version)
publisher.connect("127.0.0.1", port)
publisher.loop_start()
for i in range(count):
    publisher.publish("paho/a/x", str(i), qos).wait_for_publish(10)
assert done.wait(10), f"only {len(received)} of {count}"
publisher.disconnect()
subscriber.disconnect()
print(f"received {len(received)} in order" if received == list(range(count)) else f"received {received}")

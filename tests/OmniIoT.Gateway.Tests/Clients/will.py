# A client with a will loses its socket; another one gets the will.
import sys
import threading
import paho.mqtt.client as mqtt

port, version = int(sys.argv[1]), int(sys.argv[2])
ready, got, connected = threading.Event(), threading.Event(), threading.Event()
wills = []


def on_message(client, userdata, message):
    wills.append(message.payload.decode())
    got.set()


watcher = mqtt.Client("watcher", protocol=version)
watcher.on_message = on_message
watcher.on_subscribe = lambda *args: ready.set()
watcher.connect("127.0.0.1", port)
watcher.loop_start()
watcher.subscribe("will", 1)
assert ready.wait(10), "no SUBACK"

mortal = mqtt.Client("mortal", protocol=version)
mortal.will_set("will", "gone", 1)
mortal.on_connect = lambda *args: connected.set()
mortal.connect("127.0.0.1", port)
mortal.loop_start()
assert connected.wait(10), "no CONNACK"
mortal.loop_stop()
mortal.socket().close()
assert got.wait(10), "no will"
print(f"will {wills[0]}")
watcher.disconnect()

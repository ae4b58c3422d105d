"""Stands before InfluxDB 1.x: /api/v2/write?bucket= is /write?db= (with &rp= for what follows a slash), everything else passes.
With DOCKER_INFLUXDB_INIT_ADMIN_TOKEN only who has that token may write and ask; DOCKER_INFLUXDB_INIT_BUCKET is made at the start."""
import http.client
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from urllib.parse import parse_qs, urlencode, urlsplit

TOKEN = os.environ.get("DOCKER_INFLUXDB_INIT_ADMIN_TOKEN")
BUCKET = os.environ.get("DOCKER_INFLUXDB_INIT_BUCKET")
PASSED = ("Content-Type", "Content-Encoding", "Accept", "Accept-Encoding")


def ask(method, target, body=None, headers={}):
    connection = http.client.HTTPConnection("127.0.0.1", 8087)
    connection.request(method, target, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.getheaders(), answer.read()


def place(target):
    parts = urlsplit(target)
    if parts.path != "/api/v2/write":
        return target
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    database, _, policy = query["bucket"].partition("/")
    return "/write?" + urlencode({"db": database, "rp": policy, "precision": query.get("precision", "ns")})


class Gate(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body of an answer are written one after the other: the second would wait for the first to be acknowledged.
    disable_nagle_algorithm = True

    def forward(self):
        body = self.body()
        if TOKEN and self.path != "/ping" and self.headers.get("Authorization") != "Token " + TOKEN:
            return self.answer(401, [], b"")
        headers = {name: self.headers[name] for name in PASSED if name in self.headers}
        self.answer(*ask(self.command, place(self.path), body, headers))

    do_GET = do_HEAD = do_POST = forward

    def body(self):
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers:
            if name.lower().startswith(("content-type", "content-encoding", "x-influxdb")):
                self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def prepare():
    """Waits for the server, and makes the first bucket if one is named."""
    statement = f'CREATE DATABASE "{BUCKET}"' if BUCKET else "SHOW DATABASES"
    while True:
        try:
            status, _, answer = ask("POST", "/query?" + urlencode({"q": statement}))
            assert status == 200, answer
            return
        except ConnectionRefusedError:
            sleep(0.1)


prepare()
ThreadingHTTPServer(("", 8086), Gate).serve_forever()

# SPDX-License-Identifier: Apache-2.0
"""One HTTP request to a server on loopback with the headers of a test, also as another user (root only)."""
import encodings.idna  # now, while its file can be read: another user may not
import http.client
import json
import os

NOBODY = 65534


def send(port, method, path, body, headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, headers)
    reply = connection.getresponse()
    text = reply.read().decode()
    connection.close()
    return [reply.status, text]


def ask(port, method, path, body=None, headers=None, user=None):
    """[status, text] of the reply; what went wrong in the place of the status when there is none."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if user is not None:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
            answer = send(port, method, path, body, headers or {})
        except Exception as error:  # pylint: disable=broad-except
            answer = [repr(error), ""]
        os.write(writing, json.dumps(answer).encode())
        os._exit(0)  # whatever it was: this copy of the test goes no further
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = json.loads(pipe.read())
    os.waitpid(child, 0)
    return answer

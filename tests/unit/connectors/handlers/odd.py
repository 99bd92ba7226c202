# SPDX-License-Identifier: Apache-2.0
"""One odd handler a function; the expected outcomes, in python_connector.cpp, are those of AWS's own
runtime client."""
import collections
import datetime
import decimal
import enum
import logging
import os
import signal
import subprocess
import sys
import threading
import time

calls = 0


def lambda_handler(event, context):
    """Does what the event says: one warm process serves a whole table of cases."""
    return globals()[event["do"]](event, context)


def echo(event, context):
    return event


def count(event, context):
    global calls
    calls += 1
    return calls


def describe_context(event, context):
    remaining = context.get_remaining_time_in_millis()
    return {
        "id": len(context.aws_request_id),
        "name": context.function_name,
        "version": context.function_version,
        "memory": context.memory_limit_in_mb,
        "arn": context.invoked_function_arn,
        "group": context.log_group_name,
        "stream": "[$LATEST]" in context.log_stream_name,
        "remaining": 50000 < remaining <= 60000,
        "client": context.client_context,
        "identity": context.identity.cognito_identity_id,
    }


def describe_process(event, context):
    return {
        "main": __name__,
        "folder": os.path.basename(os.getcwd()),
        "path": os.path.basename(sys.path[0]),
        "root": os.environ["LAMBDA_TASK_ROOT"] == os.getcwd(),
        "handler": os.environ["_HANDLER"],
        "zone": time.strftime("%z"),
        "hour": time.localtime(0).tm_hour,
        "stdin": sys.stdin.read(),
        "encoding": sys.stdout.encoding.lower(),
        "temporary": os.path.isdir(os.environ["TMPDIR"]),
        "private": [name for name in os.environ if "FIVETRAN_SIM" in name],
    }


def environment(event, context):
    return {name: os.environ.get(name) for name in event["names"]}


def decimals(event, context):
    values = ["1.10", "-0", "1E+3", "12345678901234567890.123456789", "NaN", "sNaN", "Infinity"]
    return [decimal.Decimal(value) for value in values]


def floats(event, context):
    return [float("nan"), float("inf"), -float("inf"), 0.1, 1e300, 10**30]


Point = collections.namedtuple("Point", "x y")


class Colour(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    HIGH = 3


class Word(str):
    pass


def named_tuples(event, context):
    return {"one": Point(1, 2), "rows": [Point(3, Point(4, 5))], "plain": (1, "a")}


def subclasses(event, context):
    return [Level.HIGH, Word("word"), True, collections.OrderedDict(b=1, a=2), Point]


def member(event, context):
    return Colour.RED


def keys(event, context):
    return {1: "a", None: "b", True: "c", 1.5: "d", "e": "f"}


def bytes_keys(event, context):
    return {b"raw": {b"inner": 1}, "rows": [{"a": Point(1, 2)}]}


def tuple_key(event, context):
    return {(1, 2): 3}


def bytes_value(event, context):
    return {"text": b"plain", "list": [b"x"]}


def bytes_not_text(event, context):
    return {"text": b"\xff"}


def raw_bytes(event, context):
    return b'{"raw": 1}'


def text(event, context):
    return "a \"quoted\" line\n"


def nothing(event, context):
    return None


def unicode_text(event, context):
    return {"text": "Zo\u00eb \u2028 \U0001f600 \x7f"}


def lone_surrogate(event, context):
    return {"text": "\ud800"}


def date(event, context):
    return {"at": datetime.datetime(2024, 1, 1)}


def a_set(event, context):
    return {"ids": {1}}


def circle(event, context):
    row = {}
    row["self"] = row
    return row


def deep(event, context):
    value = []
    for _ in range(100000):
        value = [value]
    return value


def generator(event, context):
    return (n for n in range(3))


def yields(event, context):
    yield event


async def coroutine(event, context):
    return event


def one_argument(event):
    return event


class Handler:
    def __init__(self, event, context):
        self.event = event


class Silent(Exception):
    pass


def raises(event, context):
    raise ValueError("boom \u00eb")


def raises_deep(event, context):
    return fail_in_helper()


def fail_in_helper():
    raise KeyError("cursor")


def raises_silent(event, context):
    raise Silent


def raises_surrogate(event, context):
    raise ValueError("bad \ud800 text")


def raises_interrupt(event, context):
    raise KeyboardInterrupt


def recursion(event, context):
    return recursion(event, context)


def exits(event, context):
    sys.exit(3)


def exits_well(event, context):
    sys.exit()


def exits_with_text(event, context):
    sys.exit("no token")


def exits_at_once(event, context):
    print("last words", flush=True)
    os._exit(42)


def is_killed(event, context):
    os.kill(os.getpid(), signal.SIGKILL)


def crashes(event, context):
    os.kill(os.getpid(), signal.SIGSEGV)


def prints(event, context):
    print("to stdout")
    print("to stderr", file=sys.stderr)
    os.write(1, b"raw without line end")
    return {"ok": True}


def logs(event, context):
    logging.basicConfig(level=logging.DEBUG)  # does nothing on Lambda: there is a handler
    logging.getLogger("orders").warning("page %d", 7)
    logging.info("not shown: the level is WARNING")
    try:
        raise ValueError("inner")
    except ValueError:
        logging.exception("caught")
    return len(logging.getLogger().handlers)


def hangs(event, context):
    print("waiting", flush=True)
    time.sleep(600)


def hangs_hard(event, context):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


def floods(event, context):
    line = "x" * 1023 + "\n"
    for _ in range(event["megabytes"] * 1024):
        sys.stdout.write(line)
    return "done"


def leaves_grandchild(event, context):
    command = ["sleep", "600"] if not event.get("session") else ["setsid", "sleep", "600"]
    child = subprocess.Popen(command)
    if event.get("hang"):
        print("grandchild", child.pid, flush=True)
        time.sleep(600)
    if event.get("exit"):
        print("grandchild", child.pid, flush=True)
        os._exit(1)
    return child.pid


def megabytes(event, context):
    return "x" * int(event["megabytes"] * 1024 * 1024)


def exact(event, context):
    return "x" * (event["bytes"] - 2)  # and two quotes


def eats_memory(event, context):
    rows = []
    while True:
        rows.append(bytearray(16 * 1024 * 1024))
        time.sleep(0.01)


def prints_later(event, context):
    def later():
        time.sleep(event["seconds"])
        print("from a thread", flush=True)

    threading.Thread(target=later).start()
    return "answered"


not_callable = 5


def process_id(event, context):
    return os.getpid()

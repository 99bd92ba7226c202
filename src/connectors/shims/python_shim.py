# SPDX-License-Identifier: Apache-2.0
"""Runs an unmodified Python handler as AWS Lambda does: a client of the Lambda Runtime API.

Behaves like AWS's own client (the PyPI package awslambdaric 4.2), with the standard library alone, and hands over to that client where the interpreter has it.
What a handler sees (arguments, context, logging, working folder) and what its caller gets (how
results are written as JSON, the wording and types of errors) follow it; the code does not.

Python 3.6 or later. Older ones must still be able to parse this file, to be told so.
"""
import sys

if __name__ == "__main__" and sys.path[0] == __file__.rpartition("/")[0]:
    del sys.path[0]  # nothing but the handler's own folder is added, and only after these imports

import decimal
import importlib
import json
import logging
import os
import socket
import time
import traceback

OLDEST = (3, 6)
DEFAULT_FUNCTIONS = ("lambda_handler", "handler", "main")


class RuntimeApi(object):
    """One kept connection. Made by hand, so that what a handler does to http.client or to the
    default timeout of sockets does not reach it."""

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)))
        self.socket.settimeout(None)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb")

    def request(self, method, path, body=b"", headers=()):
        lines = ["%s /2018-06-01/runtime/%s HTTP/1.1" % (method, path), "Host: 127.0.0.1"]
        lines += ["%s: %s" % pair for pair in headers]
        if method == "POST":
            lines.append("Content-Length: %d" % len(body))
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace"))
        if body:
            self.socket.sendall(body)
        return self.read_reply()

    def read_reply(self):
        first = self.reader.readline()
        if not first:
            raise SystemExit(1)  # the simulator is gone
        headers = {}
        while True:
            line = self.reader.readline().strip()
            if not line:
                break
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        body = self.reader.read(int(headers.get("content-length", "0")))
        return int(first.split()[1]), headers, body

    def next(self):
        _, headers, body = self.request("GET", "invocation/next")
        return headers, body

    def respond(self, request_id, body, content_type, http_status=None):
        path = "invocation/%s/response" % request_id
        headers = [("Content-Type", content_type)]
        if http_status is not None:
            headers.append(("Fivetran-Sim-Http-Status", str(http_status)))
        status, _, _ = self.request("POST", path, body, headers)
        if status != 202:
            # The end of this process, in the words of awslambdaric, without a trace: it would show
            # none of the user's lines.
            raise SystemExit("RuntimeError: Failed to post invocation response")

    def report(self, path, error):
        headers = [
            ("Content-Type", "application/json"),
            ("Lambda-Runtime-Function-Error-Type", error["errorType"]),
        ]
        self.request("POST", path, to_json(error).encode("utf-8"), headers)


class Fault(Exception):
    """An error in the platform's own words."""

    def __init__(self, kind, message, trace=None, functions=None):
        Exception.__init__(self, message)
        self.kind = kind
        self.message = message
        self.trace = trace
        self.functions = functions


# --- results as JSON ---------------------------------------------------------------------------
# awslambdaric encodes with simplejson: Decimals keep their digits, bytes are text, whatever has an
# _asdict() is an object, NaN and Infinity appear as such.

SCALARS = frozenset((str, int, float, bool, type(None)))


class Encoder(json.JSONEncoder):
    def __init__(self):
        json.JSONEncoder.__init__(self, ensure_ascii=sys.version_info < (3, 12))
        self.mark = ""

    def default(self, value):
        if isinstance(value, decimal.Decimal):
            if value.is_nan():
                return float("nan")
            # The standard encoder has no raw output: the digits travel as a marked string.
            self.mark = self.mark or "".join("%02x" % byte for byte in bytearray(os.urandom(16)))
            return "%s<%s>%s" % (self.mark, value, self.mark)
        if isinstance(value, bytes):
            return value.decode("utf-8")
        if callable(getattr(value, "_asdict", None)) and not isinstance(value, type):
            return value._asdict()
        raise TypeError("Object of type %s is not JSON serializable" % value.__class__.__name__)

    def text(self, value):
        result = self.encode(value)
        if self.mark:
            result = result.replace('"%s<' % self.mark, "").replace('>%s"' % self.mark, "")
        return result


def unfold(value, keys):
    """A copy in which named tuples are objects and, with `keys`, keys of bytes are text. Rows of
    plain values stay as they are."""
    if isinstance(value, dict):
        if SCALARS.issuperset(map(type, value.values())) and not keys:
            return value
        return dict((unfold_key(k) if keys else k, unfold(v, keys)) for k, v in value.items())
    if isinstance(value, (list, tuple)):
        if callable(getattr(value, "_asdict", None)):
            return unfold(value._asdict(), keys)
        if SCALARS.issuperset(map(type, value)):
            return value
        return [unfold(v, keys) for v in value]
    return value


def unfold_key(key):
    return key.decode("utf-8") if isinstance(key, bytes) else key


def to_json(value):
    try:
        plain = unfold(value, False)
    except RecursionError:
        plain = value  # the encoder tells a circle from depth
    try:
        return Encoder().text(plain)
    except TypeError as error:
        if "keys must be" not in str(error):
            raise
    return Encoder().text(unfold(plain, True))


def marshal(result):
    if isinstance(result, bytes):
        return result, "application/unknown"
    try:
        text = to_json(result)
    except Exception as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)
    return text.encode("utf-8"), "application/json"


# --- errors ------------------------------------------------------------------------------------


def describe(error, request_id=""):
    """What the caller of the function gets for an exception."""
    if isinstance(error, Fault):
        return make_error(error.kind, error.message, request_id, error.trace)
    frames = traceback.extract_tb(error.__traceback__)
    while frames and (os.path.dirname(frames[0][0]) == os.path.dirname(__file__) or "importlib" in frames[0][0]):
        del frames[0]  # ours, and those of the import itself
    lines = traceback.format_list([tuple(frame) for frame in frames])
    return make_error(type(error).__name__, str(error), request_id, lines)


def make_error(kind, message, request_id, trace):
    return {
        "errorMessage": message,
        "errorType": kind,
        "requestId": request_id,
        "stackTrace": trace or [],
    }


def log_error(error):
    lines = ["[ERROR] %s" % error["errorType"]]
    if error["errorMessage"]:
        lines[0] += ": " + error["errorMessage"]
    if error["stackTrace"]:
        lines.append("Traceback (most recent call last):")
        lines += [line.rstrip("\n") for line in error["stackTrace"]]
    write_log("\n".join(lines))


def write_log(text, stream=sys.stdout):
    # To where print went at the start: a handler that redirects sys.stdout does not catch the log.
    stream.write(text.rstrip("\n") + "\n")


# --- the handler -------------------------------------------------------------------------------


class Context(object):
    def __init__(self, headers):
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.client_context = None
        self.identity = Identity()
        self.tenant_id = None
        self._deadline = int(headers.get("lambda-runtime-deadline-ms", "0"))

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        write_log(str(message))


class Identity(object):
    cognito_identity_id = None
    cognito_identity_pool_id = None


class LogHandler(logging.Handler):
    request_id = ""

    def emit(self, record):
        record.aws_request_id = LogHandler.request_id
        write_log(self.format(record))


def set_up_logging():
    """The root logger has a handler from the start, so that logging.basicConfig does nothing."""
    logging.Formatter.converter = time.gmtime
    handler = LogHandler()
    handler.setFormatter(
        logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s",
            "%Y-%m-%dT%H:%M:%S",
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper().replace("TRACE", "DEBUG")
    if level in ("DEBUG", "INFO", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL"):
        root.setLevel(level)


def import_handler_module(name, path):
    """Imports the handler's file under Lambda's name for it: "main", or "src/main" for a handler
    that was given as Lambda gives it, or the dotted name inside its package."""
    if name.split(".")[0].split("/")[0] in sys.builtin_module_names:
        raise Fault(
            "Runtime.BuiltInModuleConflict",
            "Cannot use built-in module %s as a handler module" % name,
        )
    folder = os.path.dirname(path)
    sys.path.insert(0, os.getcwd())
    if os.path.realpath(folder) != os.path.realpath(os.getcwd()):
        return importlib.import_module(name.replace("/", "."))
    package = []
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, last = os.path.split(folder)
        package.insert(0, last)
    if package:
        sys.path.insert(1, folder)
        return importlib.import_module(".".join(package + [name]))
    return import_file(name, path)


def import_file(name, path):
    # By its path: any file name goes, and a module of that name elsewhere is not taken for it.
    from importlib import util

    spec = util.spec_from_file_location(name, path)
    module = util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def load_module(name, path):
    try:
        return import_handler_module(name, path)
    except ImportError as error:
        message = "Unable to import module '%s': %s" % (name, error)
        raise Fault("Runtime.ImportModuleError", message)
    except SyntaxError as error:
        place = '  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)
        message = "Syntax error in module '%s': %s" % (name, error)
        raise Fault("Runtime.UserCodeSyntaxError", message, [place])


def find_function(module, name, function):
    candidates = [function] if function else DEFAULT_FUNCTIONS
    for candidate in candidates:
        if hasattr(module, candidate) if function else callable(getattr(module, candidate, None)):
            os.environ["_HANDLER"] = "%s.%s" % (name, candidate)
            return getattr(module, candidate)
    found = [
        key
        for key, value in vars(module).items()
        if callable(value)
        and not isinstance(value, type)
        and not key.startswith("_")
        and getattr(value, "__module__", "") == module.__name__
    ]
    message = "Handler '%s' missing on module '%s'" % (candidates[0], name)
    raise Fault("Runtime.HandlerNotFound", message, None, found)


def initialise(path, function, style):
    name = os.environ["_HANDLER"]
    set_up_logging()
    if style == "lambda":
        return lambda_style(find_function(load_module(name, path), name, function))
    styles = import_file("fivetran_sim_styles", os.path.join(os.path.dirname(__file__), "fivetran_sim_styles.py"))
    sys.path.insert(0, os.getcwd())
    styles.prepare(style)
    return http_style(styles.adapt(style, find_function(load_module(name, path), name, function)))


def check_interpreter():
    if sys.version_info < OLDEST:
        found = "%d.%d" % sys.version_info[:2]
        raise Fault("FivetranSim.UnsupportedInterpreter", "Python " + found)
    version = "AWS_Lambda_python%d.%d" % sys.version_info[:2]
    os.environ.setdefault("AWS_EXECUTION_ENV", version)


# --- AWS's own client --------------------------------------------------------------------------


def aws_client(wanted):
    """The main function of awslambdaric, or None when it is not to be used."""
    if wanted == "built-in":
        return None
    try:
        from awslambdaric.__main__ import main as run
    except Exception as error:
        if wanted == "aws":
            raise Fault("FivetranSim.NoRuntimeClient", "cannot import awslambdaric: %s" % error)
        return None
    return run


def aws_handler(path, function):
    """The handler as awslambdaric takes it, "main.handler", with sys.path set up for it. None when
    it cannot import the file, or when the function is not there: ours says which there are."""
    name = os.environ["_HANDLER"]
    folder = os.path.dirname(path)
    with open(path, "rb") as file:
        if not function or function.encode("utf-8") not in file.read():
            return None
    if os.path.realpath(folder) == os.path.realpath(os.getcwd()):
        if "." in name:
            return None
        while os.path.isfile(os.path.join(folder, "__init__.py")):
            folder, last = os.path.split(folder)
            name = last + "." + name
        if folder != os.path.dirname(path):
            sys.path.insert(0, folder)
    sys.path.insert(0, os.getcwd())
    return "%s.%s" % (name, function)


def run_aws_client(wanted, path, function):
    """Does not come back when AWS's client runs the handler."""
    run = aws_client(wanted)
    handler = run and aws_handler(path, function)
    if handler:
        os.environ["_HANDLER"] = handler
        sys.argv = ["awslambdaric", handler]
        run(sys.argv)
        sys.exit(0)


def answer(api, handler, headers, body):
    request_id = headers["lambda-runtime-aws-request-id"]
    LogHandler.request_id = request_id
    os.environ["_X_AMZN_TRACE_ID"] = headers.get("lambda-runtime-trace-id", "")
    try:
        result, content_type, status = handler(body, headers)
    except Exception as error:
        failure = describe(error, request_id)
        log_error(failure)
        api.report("invocation/%s/error" % request_id, failure)
    else:
        api.respond(request_id, result, content_type, status)


def lambda_style(function):
    """A handler of the request's bytes that gives bytes, content type and HTTP status."""

    def call(body, headers):
        result, content_type = marshal(function(json.loads(body.decode("utf-8")), Context(headers)))
        return result, content_type, None

    return call


def http_style(function):
    def call(body, headers):
        answer = function(body)
        return answer.body, answer.content_type, answer.status

    return call


def main():
    path, function, likely, client, style = [
        os.environ.pop("_FIVETRAN_SIM_" + name)
        for name in ("FILE", "FUNCTION", "LIKELY", "CLIENT", "STYLE")
    ]
    api = None
    try:
        check_interpreter()
        if style == "lambda":
            run_aws_client(client, path, likely)
        api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
        handler = initialise(path, function, style)
    except Exception as error:
        api = api or RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
        failure = describe(error)
        if getattr(error, "functions", None) is not None:
            failure["functions"] = error.functions  # the simulator tells the user which there are
        elif not failure["errorType"].startswith("FivetranSim."):
            log_error(failure)
        api.report("init/error", failure)
        sys.exit(1)
    while True:
        headers, body = api.next()
        answer(api, handler, headers, body)


if __name__ == "__main__":
    main()

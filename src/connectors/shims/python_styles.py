# SPDX-License-Identifier: Apache-2.0
"""Calls handlers written for Google Cloud Functions and Azure Functions as their hosts do, over HTTP as it were.

Where the interpreter has flask or azure-functions, their own request and response classes are used; else small ones stand in for
them, which have what handlers of connectors use. Modules that only register a handler (functions_framework, azure.functions) are
stood in for as well, so that a file that imports them runs without them.
"""
import inspect
import json
import sys
import types

URL = "http://localhost/"


class Answer(object):
    """What an HTTP function answers."""

    def __init__(self, status, content_type, body):
        self.status = status
        self.content_type = content_type
        self.body = body.encode("utf-8") if isinstance(body, str) else bytes(body)


def prepare(style):
    """Before the handler's file is imported: what it may import and this interpreter does not have."""
    if style == "gcf":
        stand_in("functions_framework", http=lambda function: function, cloud_event=lambda function: function)
    elif style == "azure":
        try:
            import azure.functions  # noqa: F401
        except ImportError:
            stand_in("azure.functions", **AZURE)
            sys.modules.setdefault("azure", types.ModuleType("azure"))
            sys.modules["azure"].functions = sys.modules["azure.functions"]


def stand_in(name, **content):
    try:
        __import__(name)
    except ImportError:
        module = types.ModuleType(name)
        module.__dict__.update(content)
        sys.modules[name] = module


def adapt(style, handler):
    """A handler of an event that answers with an Answer."""
    if style == "gcf":
        return adapt_gcf(handler)
    return adapt_azure(handler)


# --- Google: a view of Flask -------------------------------------------------------------------


def adapt_gcf(handler):
    try:
        import flask
    except ImportError:
        return lambda body: flask_like(handler(FlaskLikeRequest(body)))
    app = flask.Flask("function")

    def call(body):
        with app.test_request_context("/", method="POST", data=body, content_type="application/json"):
            response = app.make_response(handler(flask.request))
        return Answer(response.status_code, response.headers.get("Content-Type", ""), response.get_data())

    return call


class Headers(dict):
    """Names in any case."""

    def __init__(self, pairs=()):
        dict.__init__(self, ((str(name).title(), value) for name, value in dict(pairs).items()))

    def get(self, name, default=None):
        return dict.get(self, name.title(), default)

    def __getitem__(self, name):
        return dict.__getitem__(self, name.title())

    def __contains__(self, name):
        return dict.__contains__(self, name.title())


class FlaskLikeRequest(object):
    """The part of flask.Request that needs no network."""

    method, path, url, base_url, host, scheme = "POST", "/", URL, URL, "localhost", "http"
    content_type = mimetype = "application/json"
    is_json = True
    remote_addr = "127.0.0.1"

    def __init__(self, body):
        self.data = body
        self.content_length = len(body)
        self.headers = Headers({"Content-Type": "application/json", "Content-Length": str(len(body)), "Host": "localhost"})
        self.args, self.form, self.files, self.values, self.cookies = {}, {}, {}, {}, {}

    def get_json(self, force=False, silent=False, cache=True):
        return json.loads(self.data.decode("utf-8"))

    @property
    def json(self):
        return self.get_json()

    def get_data(self, cache=True, as_text=False, parse_form_data=False):
        return self.data.decode("utf-8") if as_text else self.data


def flask_like(result):
    """What Flask makes of the result of a view: https://flask.palletsprojects.com/en/stable/quickstart/#about-responses."""
    status, headers = 200, {}
    if isinstance(result, tuple):
        result, status, headers = open_tuple(result)
    if callable(getattr(result, "get_data", None)):  # a Response of whatever framework
        return Answer(getattr(result, "status_code", 200), dict(result.headers).get("Content-Type", ""), result.get_data())
    if isinstance(result, (dict, list)):
        body, content_type = json.dumps(result) + "\n", "application/json"
    elif isinstance(result, (str, bytes, bytearray)):
        body, content_type = result, "text/html; charset=utf-8"
    else:
        raise TypeError("The view function did not return a valid response. The return type must be a string, dict, list, tuple with headers or "
                        "status, Response instance, or WSGI callable, but it was a %s." % type(result).__name__)
    return Answer(int(status), Headers(headers).get("Content-Type", content_type), body)


def open_tuple(result):
    status, headers = 200, {}
    if len(result) == 3:
        result, status, headers = result
    elif len(result) == 2:
        result, second = result
        if isinstance(second, (dict, list, tuple)):
            headers = second
        else:
            status = second
    else:
        raise TypeError("The view function did not return a valid response tuple.")
    return result, str(status).split()[0], headers or {}


# --- Azure -------------------------------------------------------------------------------------


class HttpRequest(object):
    def __init__(self, method, url, *, headers=None, params=None, route_params=None, body=b""):
        self.method, self.url = method, url
        self.headers, self.params, self.route_params = Headers(headers or {}), dict(params or {}), dict(route_params or {})
        self.form, self.files = {}, {}
        self.__body = body

    def get_body(self):
        return self.__body

    def get_json(self):
        return json.loads(self.__body.decode("utf-8"))


class HttpResponse(object):
    mimetype, charset = "text/plain", "utf-8"

    def __init__(self, body=None, *, status_code=None, headers=None, mimetype=None, charset=None):
        self.status_code = 200 if status_code is None else int(status_code)
        self.mimetype, self.charset = mimetype or self.mimetype, charset or self.charset
        self.headers = Headers(headers or {})
        self.__body = (body or b"").encode(self.charset) if isinstance(body, str) else bytes(body or b"")

    def get_body(self):
        return self.__body


class FunctionApp(object):
    """Registers nothing: its decorators give the function back as it is."""

    def __init__(self, *_, **__):
        pass

    def __getattr__(self, _):
        return lambda *_, **__: lambda function: function


class AuthLevel(object):
    ANONYMOUS, FUNCTION, ADMIN = "anonymous", "function", "admin"


class Context(object):
    function_name, function_directory, invocation_id = "connector", ".", "00000000-0000-4000-8000-000000000000"
    trace_context = retry_context = None


AZURE = {"HttpRequest": HttpRequest, "HttpResponse": HttpResponse, "FunctionApp": FunctionApp, "Blueprint": FunctionApp, "AuthLevel": AuthLevel, "Context": Context}


def adapt_azure(handler):
    import asyncio
    import azure.functions as func

    # What the decorators of the real package make of a function.
    built = getattr(handler, "_function", None)
    if built is not None and callable(getattr(built, "get_user_function", None)):
        handler = built.get_user_function()
    names = list(inspect.signature(handler).parameters)
    wants_context = "context" in names

    def call(body):
        request = func.HttpRequest("POST", URL, headers={"Content-Type": "application/json"}, params={}, route_params={}, body=body)
        result = handler(request, Context()) if wants_context else handler(request)
        if inspect.isawaitable(result):
            result = asyncio.run(wait_for(result))
        return azure_answer(result)

    return call


async def wait_for(result):
    return await result


def azure_answer(result):
    """What the host makes of the result: a response, text, or 204 for nothing."""
    if result is None:
        return Answer(204, "", b"")
    if isinstance(result, (str, bytes, bytearray)):
        return Answer(200, "text/plain; charset=utf-8", result)
    if not callable(getattr(result, "get_body", None)):
        raise TypeError("unable to encode outgoing TypedData: unsupported type \"%s\" for Python type \"%s\"" % ("http", type(result).__name__))
    content_type = dict((name.lower(), value) for name, value in dict(result.headers).items()).get("content-type")
    if not content_type:
        content_type = result.mimetype
        if content_type.startswith("text/"):
            content_type += "; charset=%s" % result.charset
    return Answer(result.status_code, content_type, result.get_body())

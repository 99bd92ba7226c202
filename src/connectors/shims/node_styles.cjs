// SPDX-License-Identifier: Apache-2.0
//
// Calls handlers written for Google Cloud Functions and Azure Functions as their hosts do, over HTTP as
// it were. Modules that only register a handler (@google-cloud/functions-framework, @azure/functions) are
// stood in for where the handler's folder lacks them.
'use strict';

const Module = require('module');

const URL_OF_FUNCTION = 'http://localhost/';
const registered = new Map();  // name → handler, in the order in which the file registered them

// --- before the handler's file is loaded ---------------------------------------------------------

const options = (given) => (typeof given === 'function' ? given : given && given.handler);
const app = new Proxy({}, {
  get: (_, trigger) => (name, given) => {
    if (['http', 'get', 'post', 'put', 'patch', 'deleteRequest'].includes(trigger)) registered.set(name, options(given));
  },
});
const standIns = {
  gcf: {'@google-cloud/functions-framework': {
    http: (name, handler) => { registered.set(name, handler); },
    cloudEvent: () => {}, event: () => {},
  }},
  azure: {'@azure/functions': {app, HttpResponse: class HttpResponse {
    constructor(init) { Object.assign(this, init); }
  }}},
};

// The registering module is always ours, since the real one would wait for a host that is not there.
function prepare(style) {
  const load = Module._load;
  Module._load = function (request, ...rest) {
    const known = standIns[style] && standIns[style][request];
    return known || load.call(this, request, ...rest);
  };
}

// The handler that the file registered or exports: the one that is named, else the only one there is.
function find(loaded, name) {
  if (name && registered.has(name)) return registered.get(name);
  if (name) return undefined;
  if (registered.size > 0) return registered.values().next().value;
  for (const one of [loaded, loaded && loaded.default, loaded && loaded.default && loaded.default.default])
    if (typeof one === 'function') return one;
  return undefined;
}

// --- answers -------------------------------------------------------------------------------------

class Answer {
  constructor(status, contentType, body) {
    this.status = status;
    this.contentType = contentType || '';
    this.body = Buffer.isBuffer(body) ? body : Buffer.from(body === undefined || body === null ? '' : String(body));
  }
}

// Express's response, as far as a function without network uses it: https://expressjs.com/en/4x/api.html#res.
class Response {
  constructor(finish) {
    this.statusCode = 200;
    this.headers = {};
    this.headersSent = false;
    this.locals = {};
    this._chunks = [];
    this._finish = finish;
  }
  status(code) { this.statusCode = code; return this; }
  set(name, value) {
    if (typeof name === 'object') for (const key of Object.keys(name)) this.set(key, name[key]);
    else this.headers[name.toLowerCase()] = String(value);
    return this;
  }
  header(name, value) { return this.set(name, value); }
  setHeader(name, value) { return this.set(name, value); }
  get(name) { return this.headers[name.toLowerCase()]; }
  getHeader(name) { return this.get(name); }
  removeHeader(name) { delete this.headers[name.toLowerCase()]; }
  writeHead(code, ...more) {
    this.status(code);
    const headers = more[more.length - 1];
    if (headers && typeof headers === 'object') this.set(headers);
    return this;
  }
  type(name) {
    const known = {json: 'application/json; charset=utf-8', text: 'text/plain; charset=utf-8', html: 'text/html; charset=utf-8'};
    return this.set('content-type', known[name] || name);
  }
  contentType(name) { return this.type(name); }
  _default(type) { if (!this.get('content-type')) this.set('content-type', type); }
  json(value) {
    this._default('application/json; charset=utf-8');
    return this.end(JSON.stringify(value));
  }
  send(body) {
    if (Buffer.isBuffer(body)) this._default('application/octet-stream');
    else if (typeof body === 'string') this._default('text/html; charset=utf-8');
    else if (body !== undefined && body !== null) return this.json(body);
    return this.end(body === null || body === undefined ? '' : body);
  }
  sendStatus(code) {
    this.status(code).type('text');
    return this.end(require('http').STATUS_CODES[code] || String(code));
  }
  write(chunk) { this._chunks.push(Buffer.from(chunk)); return true; }
  end(chunk) {
    if (this.headersSent) return this;
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') this.write(chunk);
    this.headersSent = true;
    this._finish(new Answer(this.statusCode, this.get('content-type'), Buffer.concat(this._chunks)));
    return this;
  }
}

// Keeps the process alive while a host would still wait: until an answer or the time-out.
function waiting(start) {
  const alive = setInterval(() => {}, 60000);
  return new Promise(start).finally(() => clearInterval(alive));
}

// --- Google: Express -----------------------------------------------------------------------------

function makeRequest(body) {
  const headers = {'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), host: 'localhost'};
  const get = (name) => headers[name.toLowerCase()];
  return {
    method: 'POST', url: '/', originalUrl: '/', path: '/', hostname: 'localhost', protocol: 'http', ip: '127.0.0.1', query: {}, params: {}, cookies: {},
    headers, rawBody: Buffer.from(body), body: JSON.parse(body), get, header: get, is: (type) => (/json/.test(type) ? type : false),
  };
}

const callGcf = (handler) => (body) => waiting((resolve, reject) => {
  const result = handler(makeRequest(body), new Response(resolve));
  Promise.resolve(result).catch(reject);
});

// --- Azure ---------------------------------------------------------------------------------------

// The former model: (context, req), an answer in context.res or returned, context.done() in a callback.
function callAzureContext(handler, body) {
  return waiting((resolve, reject) => {
    const request = makeRequest(body);
    const log = Object.assign((...args) => console.log(...args), {
      error: console.error, warn: console.warn, info: console.info, verbose: console.log, metric: () => {},
    });
    const context = {
      log, bindings: {req: request}, bindingData: {}, req: request, res: new Response(resolve),
      invocationId: '00000000-0000-4000-8000-000000000000', executionContext: {functionName: 'connector', functionDirectory: '.'}, traceContext: {},
    };
    const finish = (value) => {
      const res = value && typeof value === 'object' && !(value instanceof Response) ? value : context.res;
      if (res instanceof Response) res.headersSent || resolve(fromInit(res.body === undefined ? undefined : {status: res.statusCode, headers: res.headers, body: res.body}));
      else resolve(fromInit(res));
    };
    context.done = (error, value) => (error ? reject(error) : finish(value && value.res ? value.res : value));
    const result = handler(context, request);
    if (result && typeof result.then === 'function') result.then(finish, reject);
  });
}

// The model of today: (request, context), an answer returned.
async function callAzureRequest(handler, body) {
  const headers = new Map([['content-type', 'application/json'], ['host', 'localhost']]);
  const request = {
    method: 'POST', url: URL_OF_FUNCTION, headers, query: new URLSearchParams(), params: {}, body: null, bodyUsed: false,
    json: async () => JSON.parse(body), text: async () => body, arrayBuffer: async () => Uint8Array.from(Buffer.from(body)).buffer,
  };
  const log = (level) => (...args) => console[level](...args);
  const context = {
    log: log('log'), info: log('info'), warn: log('warn'), error: log('error'), debug: log('log'), trace: log('log'),
    invocationId: '00000000-0000-4000-8000-000000000000', functionName: 'connector', extraInputs: new Map(), extraOutputs: new Map(),
  };
  const result = await waiting((resolve, reject) => Promise.resolve(handler(request, context)).then(resolve, reject));
  if (result && typeof result.text === 'function' && result.headers && typeof result.headers.get === 'function')
    return new Answer(result.status, result.headers.get('content-type'), await result.text());  // fetch's Response
  return fromInit(result);
}

// {status, headers, body, jsonBody}, the form of both models; nothing at all is 204.
function fromInit(init) {
  if (init === undefined || init === null) return new Answer(204, '', '');
  const headers = {};
  for (const [name, value] of init.headers && typeof init.headers.entries === 'function' ? init.headers.entries() : Object.entries(init.headers || {}))
    headers[String(name).toLowerCase()] = value;
  const status = Number(init.status || init.statusCode || 200);
  const isObject = (value) => typeof value === 'object' && value !== null && !Buffer.isBuffer(value) && !ArrayBuffer.isView(value);
  if (init.jsonBody !== undefined) return new Answer(status, headers['content-type'] || 'application/json', JSON.stringify(init.jsonBody));
  if (isObject(init.body)) return new Answer(status, headers['content-type'] || 'application/json; charset=utf-8', JSON.stringify(init.body));
  return new Answer(status, headers['content-type'] || 'text/plain; charset=utf-8', init.body);
}

// A handler of a body that promises an Answer.
function adapt(style, handler) {
  if (style === 'gcf') return callGcf(handler);
  const today = [...registered.values()].includes(handler);
  return (body) => (today ? callAzureRequest(handler, body) : callAzureContext(handler, body));
}

module.exports = {prepare, find, adapt};

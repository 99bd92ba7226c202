// SPDX-License-Identifier: Apache-2.0
//
// Runs an unmodified Node handler as AWS Lambda does: a client of the Lambda Runtime API.
//
// Behaves like AWS's own client (the npm package aws-lambda-ric 3.3) without its native part, and hands
// over to that client where the handler's folder has it. What a
// handler sees (event, context, callback, console) and what its caller gets (results, types and
// wording of errors) follow it; the code does not. Node 14 or later; older ones must still be able
// to parse this file, to be told so.
'use strict';

const fs = require('fs');
const net = require('net');
const path = require('path');
const util = require('util');

const {runAwsClient} = require('./fivetran_sim_aws_client.cjs');

const OLDEST = 14;
const DEFAULT_FUNCTIONS = ['lambda_handler', 'handler', 'main'];
const styles = require('./fivetran_sim_styles.cjs');

const HTTP = Symbol('answers as over HTTP');
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

// --- the Runtime API -----------------------------------------------------------------------------
// One kept connection, made by hand: what a handler does to the http module does not reach it. The
// socket holds the process alive only while an answer of the platform is awaited, so that
// 'beforeExit' tells when a handler has nothing left to wait for.

class RuntimeApi {
  constructor(address) {
    const [host, port] = address.split(':');
    this.received = [];
    this.size = 0;
    this.waiting = null;
    this.queue = [];
    this.exitOnNext = undefined;
    this.socket = net.connect({host, port: Number(port)});
    this.socket.setNoDelay(true);
    this.socket.unref();
    this.socket.on('data', (chunk) => this._onData(chunk));
    this.socket.on('error', () => process.exit(1));
    this.socket.on('close', () => process.exit(1));  // the simulator is gone
  }

  next() {
    return this._request('GET', 'invocation/next', '', {});
  }

  respond(id, body, contentType, httpStatus) {
    const headers = {'Content-Type': contentType};
    if (httpStatus !== undefined) headers['Fivetran-Sim-Http-Status'] = httpStatus;
    return this._request('POST', `invocation/${id}/response`, body, headers);
  }

  fail(where, error) {
    const body = JSON.stringify(error);
    const type = String(error.errorType).replace(/[^\x20-\x7e]/g, '?');
    return this._request('POST', where, body, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Function-Error-Type': type,
    });
  }

  // No invocation is running: a `next` is open.
  get idle() {
    return this.waiting !== null && this.waiting.method === 'GET';
  }

  _request(method, where, body, headers) {
    const bytes = Buffer.from(body);
    let head = `${method} /2018-06-01/runtime/${where} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
    for (const name of Object.keys(headers)) head += `${name}: ${headers[name]}\r\n`;
    if (method === 'POST') head += `Content-Length: ${bytes.length}\r\n`;
    return new Promise((resolve) => {
      const send = () => {
        this.waiting = {method, resolve, needed: 0, headers: null};
        this.socket.ref();
        this.socket.cork();
        this.socket.write(head + '\r\n', 'latin1');
        this.socket.write(bytes);
        this.socket.uncork();
      };
      if (this.waiting) this.queue.push(send); else send();
    });
  }

  _onData(chunk) {
    this.received.push(chunk);
    this.size += chunk.length;
    const call = this.waiting;
    if (!call || this.size < call.needed) return;  // joined once: a request may come in many pieces
    const all = Buffer.concat(this.received);
    if (!call.headers) {
      const end = all.indexOf('\r\n\r\n');
      if (end < 0) {
        this.received = [all];
        return;
      }
      call.headers = parseHeaders(all.toString('latin1', 0, end));
      call.start = end + 4;
      call.needed = call.start + Number(call.headers['content-length'] || 0);
    }
    this.received = [all];
    if (this.size < call.needed) return;
    this.received = [];
    this.size = 0;
    this.waiting = null;
    if (call.method === 'GET' && this.exitOnNext !== undefined) process.exit(this.exitOnNext);
    this.socket.unref();
    call.resolve({headers: call.headers, body: all.toString('utf8', call.start, call.needed)});
    const next = this.queue.shift();
    if (next) next();
  }
}

function parseHeaders(text) {
  const headers = {};
  for (const line of text.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

// --- errors --------------------------------------------------------------------------------------

class Fault extends Error {
  constructor(type, message, cause) {
    super(message);
    this.name = 'Runtime.' + type;
    if (cause && cause.stack) this.stack = `${this.name}: ${message}\n${cause.stack}`;
  }
}

// What the caller of the function gets for whatever a handler threw.
function describe(error) {
  try {
    const like = error && typeof error.name === 'string' && typeof error.stack === 'string' &&
        typeof error.message === 'string' && error.name && error.message;
    if (util.types.isNativeError(error) || like) {
      return {
        errorType: error.name,
        errorMessage: error.message,
        trace: error.stack.split('\n').filter((line) => !line.includes(__dirname)),
      };
    }
    return {errorType: typeof error, errorMessage: error.toString(), trace: []};
  } catch (_) {
    return {
      errorType: 'handled',
      errorMessage: 'callback called with Error argument, but there was a problem while ' +
          'retrieving one or more of its message, name, and stack',
    };
  }
}

function logError(title, error) {
  const known = describe(error);
  const text = known.trace && known.trace.length ? known.trace.join('\n')
                                                 : `${known.errorType}: ${known.errorMessage}`;
  console.error(`${title}\t${text}`);
}

// --- console -------------------------------------------------------------------------------------

let requestId;

// Each message gets Lambda's prefix: time, request id, level.
function patchConsole() {
  const write = (level) => (...args) => {
    const text = util.format(...args);
    writeNow(`${new Date().toISOString()}\t${requestId}\t${level}\t${text}\n`);
  };
  for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal']) {
    console[level] = write(level.toUpperCase());
  }
  console.log = console.info;
}

// Writes to the pipe itself, as Lambda's console does: process.stdout may queue, and what it queued
// is lost when the process exits and late when the handler answers.
function writeNow(text) {
  for (let bytes = Buffer.from(text); bytes.length > 0;) {
    try {
      bytes = bytes.subarray(fs.writeSync(1, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);  // a full pipe: 1 ms
    }
  }
}

// --- loading -------------------------------------------------------------------------------------

function isModulePackage(folder) {
  for (; !folder.endsWith('/node_modules'); folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (fs.existsSync(file)) {
      try {
        return JSON.parse(fs.readFileSync(file, 'utf8')).type === 'module';
      } catch (error) {
        console.warn(`${file} cannot be read, it will be ignored for ES module detection purposes.`, error);
        return false;
      }
    }
    if (folder === path.dirname(folder)) return false;
  }
  return false;
}

async function loadModule(file) {
  const extension = path.extname(file);
  const asModule = extension === '.mjs' || (extension === '.js' && isModulePackage(path.dirname(file)));
  try {
    return asModule ? await import(require('url').pathToFileURL(file).href) : require(file);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Fault('UserCodeSyntaxError', String(error), error);
    if (error && error.code === 'MODULE_NOT_FOUND') {
      throw new Fault('ImportModuleError', String(error), error);
    }
    throw error;
  }
}

function findFunction(loaded, module, wanted) {
  const lookUp = (name) => name.split('.').reduce((object, key) => object && object[key], loaded);
  const name = wanted || DEFAULT_FUNCTIONS.find((each) => typeof lookUp(each) === 'function') ||
      DEFAULT_FUNCTIONS[0];
  process.env._HANDLER = `${module}.${name}`;
  const found = lookUp(name);
  if (typeof found === 'function') return found;
  if (found) throw new Fault('HandlerNotFound', `${module}.${name} is not a function`);
  const fault = new Fault('HandlerNotFound', `${module}.${name} is undefined or not exported`);
  fault.functions = Object.keys(Object(loaded)).filter((key) => typeof loaded[key] === 'function');
  throw fault;
}

// What the simulator said: file, function, likely (function), client and style; gone from the environment.
function takeOrders() {
  const orders = {};
  for (const name of ['FILE', 'FUNCTION', 'LIKELY', 'CLIENT', 'STYLE']) {
    orders[name.toLowerCase()] = process.env['_FIVETRAN_SIM_' + name];
    delete process.env['_FIVETRAN_SIM_' + name];
  }
  return orders;
}

function checkInterpreter() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST) {
    const fault = new Fault('', `Node ${process.versions.node}`);
    fault.name = 'FivetranSim.UnsupportedInterpreter';
    throw fault;
  }
  if (!process.env.AWS_EXECUTION_ENV) process.env.AWS_EXECUTION_ENV = `AWS_Lambda_nodejs${major}.x`;
}

async function loadHandler({file, function: wanted, style}) {
  const module = process.env._HANDLER;
  if (style !== 'lambda') {
    styles.prepare(style);
    const loaded = await loadModule(file);
    const handler = styles.adapt(style, styles.find(loaded, wanted) || findFunction(loaded, module, wanted));
    return Object.assign(handler, {[HTTP]: true});
  }
  globalThis.awslambda = {
    streamifyResponse: (handler) => {
      handler[STREAMING] = 'response';
      return handler;
    },
    HttpResponseStream: {from: (stream) => stream},
  };
  return findFunction(await loadModule(file), module, wanted);
}

// --- invocations ---------------------------------------------------------------------------------

// What 'beforeExit' does: the event loop has run empty. While loading that is an `await` at the top
// of a module which nothing will ever settle; node gives it exit status 13.
let whenIdle = () => { process.exitCode = 13; };
// Where an error that nobody caught is reported.
let reportPath = 'init/error';

function makeContext(headers, methods) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return Object.assign(methods, {
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  });
}

function stringify(result) {
  let text;
  try {
    text = JSON.stringify(result === undefined ? null : result);
  } catch (_) {
    throw new Error('Unable to stringify response body');
  }
  if (typeof text !== 'string') throw new TypeError('Wrong arguments');  // a function or a symbol
  return text;
}

// The three ways in which a handler can answer: callback, context.done and its kin, and the promise
// that it returned. The first one counts.
class Invocation {
  constructor(api, id, scheduleNext) {
    this.api = api;
    this.id = id;
    this.scheduleNext = scheduleNext;
    this.completed = false;
    this.waitForEmptyEventLoop = true;
    let finished = false;
    const first = (action) => (...args) => {
      if (finished) return;
      action(...args);
      finished = true;  // not when the action threw: a result that is no JSON becomes an error
    };
    this.callback = first((error, result) => this._callback(error, result));
    const invocation = this;
    this.methods = {
      get callbackWaitsForEmptyEventLoop() { return invocation.waitForEmptyEventLoop; },
      set callbackWaitsForEmptyEventLoop(value) { invocation.waitForEmptyEventLoop = value; },
      succeed: first((result) => this._done(null, result)),
      fail: first((error) => this._done(error === undefined || error === null ? 'handled' : error)),
      done: first((error, result) => this._done(error, result)),
    };
    whenIdle = () => {  // neither answered nor anything left that could
      this.completed = true;
      this._send('null');
    };
  }

  _callback(error, result) {
    if (error !== undefined && error !== null) return this._done(error);
    if (!this.waitForEmptyEventLoop) return this._done(null, result);
    whenIdle = () => {
      whenIdle = () => {};
      setImmediate(() => this._complete(result));
    };
  }

  _done(error, result) {
    whenIdle = () => {};
    if (error === undefined || error === null) return this._complete(result);
    logError('Invoke Error', error);
    this.api.fail(`invocation/${this.id}/error`, describe(error)).then(this.scheduleNext);
  }

  _complete(result) {
    if (this.completed) {
      console.error('Invocation has already been reported as done. ' +
          'Cannot call complete more than once per invocation.');
      return;
    }
    this.completed = true;
    this._send(stringify(result));
  }

  _send(body, contentType = 'application/json', httpStatus = undefined) {
    whenIdle = () => {};
    this.api.respond(this.id, body, contentType, httpStatus).then(this.scheduleNext);
  }
}

function isPromise(value) {
  return Boolean(value && typeof value.then === 'function');
}

function callPlain(handler, body, headers, invocation) {
  try {
    const context = makeContext(headers, invocation.methods);
    const result = handler(JSON.parse(body), context, invocation.callback);
    if (isPromise(result)) result.then(context.succeed, context.fail).catch(context.fail);
  } catch (error) {
    invocation.callback(error);
  }
}

// A handler of another cloud, which answers as over HTTP.
async function callHttp(handler, body, headers, invocation) {
  let answer;
  try {
    answer = await handler(body);
  } catch (error) {
    invocation.methods.fail(error);
    return;
  }
  invocation._send(answer.body, answer.contentType, answer.status);
}

// A handler made with awslambda.streamifyResponse: its stream is collected and sent as one body,
// which is what a caller that waits for the whole answer gets.
async function callStreaming(handler, body, headers, invocation) {
  const chunks = [];
  const stream = new (require('stream').Writable)({
    decodeStrings: false,
    write(chunk, encoding, done) {
      chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk));
      done();
    },
  });
  let contentType = 'application/octet-stream';
  stream.setContentType = (type) => { contentType = type; };
  const {fail} = invocation.methods;
  try {
    const result = handler(JSON.parse(body), stream, makeContext(headers, {}));
    if (!isPromise(result)) return fail('Streaming does not support non-async handlers.');
    await result;
    if (!stream.writableFinished) {
      // A stream that nobody ends is waited for until the time-out, as by AWS's client.
      const alive = setInterval(() => {}, 60000);
      await require('events').once(stream, 'finish');
      clearInterval(alive);
    }
    invocation._send(Buffer.concat(chunks), contentType);
  } catch (error) {
    fail(error);
  }
}

async function serve(api, handler) {
  const {headers, body} = await api.next();
  requestId = headers['lambda-runtime-aws-request-id'];
  process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'] || '';
  reportPath = `invocation/${requestId}/error`;
  const invocation = new Invocation(api, requestId, () => setImmediate(serve, api, handler));
  const call = handler[HTTP] ? callHttp : handler[STREAMING] === 'response' ? callStreaming : callPlain;
  call(handler, body, headers, invocation);
}

// Between calls AWS's client stands still in its wait for the next one, as does all of Lambda: what
// goes wrong then is noticed in the next call and ends that.
function exitAfter(api, error, code) {
  if (api.idle) {
    api.exitOnNext = code;
    return;
  }
  const report = describe(error);
  if (error && Array.isArray(error.functions)) report.functions = error.functions;
  api.fail(reportPath, report).then(() => process.exit(code));
}

async function main() {
  const orders = takeOrders();
  let problem;
  try {
    checkInterpreter();
    if (orders.style === 'lambda' && await runAwsClient(orders)) return;
  } catch (error) {
    problem = error;
  }
  patchConsole();
  const api = new RuntimeApi(process.env.AWS_LAMBDA_RUNTIME_API);
  const onUncaught = (error) => {
    // Not what the simulator tells the user in its own words.
    const told = error && (error.functions || String(error.name).startsWith('FivetranSim.'));
    if (!told) logError('Uncaught Exception', error);
    exitAfter(api, error, 129);
  };
  process.on('uncaughtException', onUncaught);
  process.on('unhandledRejection', (reason) => {
    const error = new Fault('UnhandledPromiseRejection', String(reason), reason);
    logError('Unhandled Promise Rejection', error);
    exitAfter(api, error, 128);
  });
  process.on('beforeExit', () => whenIdle());
  let handler;
  try {
    if (problem) throw problem;
    handler = await loadHandler(orders);
  } catch (error) {
    onUncaught(error);
    return;
  }
  setImmediate(serve, api, handler);
}

main();

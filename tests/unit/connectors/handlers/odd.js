// SPDX-License-Identifier: Apache-2.0
//
// One odd handler a function; the expected outcomes, in node_connector.cpp, are those of AWS's own
// runtime client.
'use strict';

const fs = require('fs');
const path = require('path');
const {spawn} = require('child_process');

let calls = 0;
const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Does what the event says: one warm process serves a whole table of cases.
exports.handler = (event, context, callback) => exports[event.do](event, context, callback);

exports.echo = async (event) => event;
exports.count = async () => ++calls;
exports.plainCallback = (event, context, callback) => callback(null, {answered: 'callback'});
exports.lateCallback = (event, context, callback) => {
  setTimeout(() => callback(null, {answered: 'late'}), 20);
};
exports.callbackAndWork = (event, context, callback) => {
  setTimeout(() => { calls += 100; }, 150);
  callback(null, {answered: 'callback'});
};
exports.callbackNoWait = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  setTimeout(() => { calls += 100; }, 150);
  callback(null, {waits: context.callbackWaitsForEmptyEventLoop, calls});
};
exports.callbackError = (event, context, callback) => callback(new TypeError('no token'));
exports.callbackText = (event, context, callback) => callback('no token');
exports.callbackObject = (event, context, callback) => callback({code: 7});
exports.callbackTwice = (event, context, callback) => {
  callback(null, 'first');
  callback(null, 'second');
};
exports.callbackBeforePromise = async (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  callback(null, 'callback');
  await later(10);
  return 'promise';
};
exports.promiseBeforeCallback = async (event, context, callback) => {
  setTimeout(() => callback(null, 'callback'), 20);
  return 'promise';
};
exports.succeed = (event, context) => context.succeed({by: 'succeed'});
exports.done = (event, context) => context.done(null, {by: 'done'});
exports.doneError = (event, context) => context.done(new Error('done with it'));
exports.fail = (event, context) => context.fail(new Error('failed'));
exports.failEmpty = (event, context) => context.fail();
exports.succeedAndExit = (event, context) => {
  context.succeed('sent');
  process.exit(0);
};
exports.nothing = async () => {};
exports.neverAnswers = () => {};
exports.neverSettles = () => new Promise(() => {});
exports.returnsValue = () => ({ignored: true});
exports.bigInt = async () => ({id: 10n});
exports.bigIntCallback = (event, context, callback) => callback(null, {id: 10n});
exports.bigIntSucceed = (event, context) => context.succeed({id: 10n});
exports.circle = async () => {
  const row = {};
  row.self = row;
  return row;
};
exports.aFunction = async () => () => {};
exports.notFinite = async () => [NaN, Infinity, -0, undefined, new Date(0), new Map([[1, 2]])];
exports.text = async () => 'Zoë \u2028 \ud800';
exports.throwsNow = () => { throw new RangeError('boom'); };
exports.throwsText = () => { throw 'just text'; };
exports.throwsNothing = async () => { throw undefined; };
exports.rejects = async () => { throw new Error('rejected'); };
exports.rejectsObject = async () => { throw {code: 1, message: 'object'}; };
exports.ownError = async () => {
  const error = new Error('rate limit');
  error.name = 'TooManyRequests';
  throw error;
};
exports.brokenError = async () => {
  const error = new Error('x');
  Object.defineProperty(error, 'stack', {get() { throw new Error('no stack'); }});
  throw error;
};
exports.rejectsInBackground = async () => {
  Promise.reject(new Error('nobody waits for this'));
  await later(50);
  return 'not reached';
};
exports.throwsInTimer = async () => {
  setTimeout(() => { throw new Error('in a timer'); }, 10);
  await later(200);
};
exports.rejectsAfterAnswer = async () => {
  setTimeout(() => Promise.reject(new Error('too late')), 30);
  return 'answered';
};
exports.processId = async () => process.pid;
exports.exits = async () => process.exit(3);
exports.exitsWell = async () => process.exit(0);
exports.aborts = async () => process.abort();
exports.hangs = async () => {
  console.log('waiting');
  await later(600000);
};
exports.hangsHard = () => { for (;;) ; };
exports.context = async (event, context) => ({
  id: context.awsRequestId.length,
  name: context.functionName,
  version: context.functionVersion,
  memory: context.memoryLimitInMB,
  arn: context.invokedFunctionArn,
  group: context.logGroupName,
  stream: context.logStreamName.includes('[$LATEST]'),
  remaining: context.getRemainingTimeInMillis() > 50000 && context.getRemainingTimeInMillis() <= 60000,
  identity: context.identity === undefined && context.clientContext === undefined,
});
exports.process = async () => ({
  folder: path.basename(process.cwd()),
  root: process.env.LAMBDA_TASK_ROOT === process.cwd(),
  handler: process.env._HANDLER,
  offset: new Date(0).getTimezoneOffset(),
  main: require.main === module,
  globals: ['require', 'module', 'fs', 'os'].filter((name) => name in globalThis),
  temporary: fs.statSync(process.env.TMPDIR).isDirectory(),
  private: Object.keys(process.env).filter((name) => name.includes('FIVETRAN_SIM')),
});
exports.environment = async (event) => event.names.map((name) => process.env[name] || null);
exports.prints = async () => {
  console.log('page %d', 7, {rows: 3});
  console.error('to stderr');
  process.stdout.write('raw\n');
  process.stderr.write('raw error\n');
  return 1;
};
exports.floods = async (event) => {
  process.stdout.write('');  // makes the pipe non-blocking
  const line = 'x'.repeat(1023);
  for (let i = 0; i < event.megabytes * 1024; ++i) console.log(line);
  return 'done';
};
exports.megabytes = async (event) => 'x'.repeat(event.megabytes * 1024 * 1024);
exports.exact = async (event) => 'x'.repeat(event.bytes - 2);
exports.leavesGrandchild = async (event) => {
  const child = spawn('sleep', ['600'], {detached: Boolean(event.session)});
  if (event.hang) {
    console.log(`grandchild ${child.pid}`);
    await later(600000);
  }
  if (event.exit) {
    console.log(`grandchild ${child.pid}`);
    process.exit(1);
  }
  return child.pid;
};
exports.breaksHttp = async () => {
  require('http').request = () => { throw new Error('no network in tests'); };
  require('http').Agent = null;
  require('net').connect = null;
  global.Promise.prototype.finally = null;
  return ++calls;
};
exports.nested = {deeper: async () => 'nested'};
exports.notCallable = 5;

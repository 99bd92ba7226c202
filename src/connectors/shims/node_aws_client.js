// SPDX-License-Identifier: Apache-2.0
//
// Hands a handler over to AWS's own client of the Lambda Runtime API, the npm package aws-lambda-ric,
// where the handler's folder has it.
'use strict';

const fs = require('fs');
const path = require('path');

// The file of aws-lambda-ric, as the handler would find it; undefined when it is not to be used.
function findAwsClient(wanted, file) {
  if (wanted === 'built-in') return undefined;
  try {
    return require.resolve('aws-lambda-ric', {paths: [path.dirname(file), process.cwd()]});
  } catch (error) {
    if (wanted !== 'aws') return undefined;
    const fault = new Error('there is no aws-lambda-ric in node_modules');
    fault.name = 'FivetranSim.NoRuntimeClient';
    throw fault;
  }
}

// The handler as aws-lambda-ric takes it, "index.handler"; undefined when it would find another file,
// or when the function is not there: ours says which there are.
function awsHandler(file, wanted) {
  const {dir, name, ext} = path.parse(file);
  const others = ['.js', '.mjs', '.cjs'].filter((each) => each !== ext && fs.existsSync(path.join(dir, name + each)));
  if (!wanted || name.includes('.') || others.length > 0) return undefined;
  if (!fs.readFileSync(file, 'utf8').includes(wanted.split('.')[0])) return undefined;
  return `${process.env._HANDLER}.${wanted}`;
}

// True when AWS's client runs the handler.
async function runAwsClient({client, file, likely}) {
  const found = findAwsClient(client, file);
  const handler = found && awsHandler(file, likely);
  if (!handler) return false;
  process.env._HANDLER = handler;
  const {run} = await import(require('url').pathToFileURL(found).href);
  process.exitCode = 13;  // what node says of a module that waits in vain, as AWS's own start does
  await run(process.cwd(), handler);
  process.exitCode = 0;
  return true;
}

exports.runAwsClient = runAwsClient;

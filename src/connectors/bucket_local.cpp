// SPDX-License-Identifier: Apache-2.0
#include "connectors/bucket_connector.hpp"
#include "connectors/environment.hpp"
#include "connectors/s3_server.hpp"
#include "connectors/scratch_folder.hpp"
#include "embedded/aws_sdk_v2_hook.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace connectors {
namespace {

// How long an object may come after its function has returned, to be told that it was not awaited;
// only then does anybody wait.
constexpr std::chrono::milliseconds kLatePatience{1'500};

class LocalBucket final : public BucketReader {
 public:
  LocalBucket(std::unique_ptr<S3Server> server, ScratchFolder scratch)
      : scratch_(std::move(scratch)), server_(std::move(server)) {}

  void begin_call() override { server_->objects().take_written(); }

  base::Result<core::BucketFile> read(std::string_view bucket, std::string_view file) override {
    const std::string in(bucket), key(file);
    S3Objects& objects = server_->objects();
    core::BucketFile found;
    auto bytes = objects.take(in, key);
    if (bytes) {
      found.arrival = core::BucketFile::Arrival::in_time;
    } else if (objects.wait_for(in, key, kLatePatience)) {
      found.arrival = core::BucketFile::Arrival::late;
      bytes = objects.take(in, key);
    }
    if (bytes) found.bytes = std::move(*bytes);
    found.elsewhere = objects.take_written();
    std::erase(found.elsewhere, in + "/" + key);
    return found;
  }

 private:
  ScratchFolder scratch_;
  std::unique_ptr<S3Server> server_;
};

std::string value_of(const Environment& env, const char* name) {
  const auto found = env.find(name);
  return found == env.end() ? "" : found->second;
}

}  // namespace

base::Result<std::unique_ptr<BucketReader>> make_local_bucket(ConnectorOptions& options) {
  FSIM_ASSIGN(std::unique_ptr<S3Server> server, S3Server::start());
  FSIM_ASSIGN(ScratchFolder scratch, ScratchFolder::make());
  // Version 2 of the SDK for JavaScript does not know the variable.
  FSIM_ASSIGN(const auto hook, scratch.write("aws_sdk_v2_hook.cjs", embedded::aws_sdk_v2_hook));
  Environment env = connector_environment(options);
  bypass_proxy(env);
  std::string node = value_of(env, "NODE_OPTIONS");
  node += (node.empty() ? "--require " : " --require ") + hook.string();

  std::vector<std::pair<std::string, std::string>> variables{
      {"AWS_ENDPOINT_URL_S3", server->url()},
      {"NODE_OPTIONS", node},
      {"NO_PROXY", value_of(env, "NO_PROXY")},
      {"no_proxy", value_of(env, "no_proxy")}};
  // Clients sign with something, though nobody checks it here.
  for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
    if (value_of(env, name).empty()) variables.emplace_back(name, "local");
  if (value_of(env, "AWS_DEFAULT_REGION").empty())
    variables.emplace_back("AWS_DEFAULT_REGION", region_of(env));
  if (value_of(env, "AWS_REGION").empty()) variables.emplace_back("AWS_REGION", region_of(env));
  options.env.insert(options.env.end(), variables.begin(), variables.end());
  return std::make_unique<LocalBucket>(std::move(server), std::move(scratch));
}

}  // namespace connectors

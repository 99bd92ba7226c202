// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace core {

// The state that a connector asked to get back: JSON text, byte for byte as it was sent. It is
// opaque ("Fivetran doesn't read the contents of the `state` object but saves the value sent by the
// function"), replaced and never merged: contract §1.3.
struct State {
  std::string json = "{}";
  bool operator==(const State&) const = default;
};

// What Fivetran sends with each call: contract §1.2. The spelling on the wire is
// protocol::to_json's business.
struct SyncRequest {
  std::string agent;
  State state;
  std::string secrets_json = "{}";                 // an object
  std::string sync_id;                             // one UUID for all calls of a sync
  std::optional<std::string> custom_payload_json;  // an object of strings
  bool setup_test = false;
  bool send_state = true;     // false only for the state-less setup test (contract §1.4)
  bool only_informs = false;  // the second setup test: its failure is told and decides nothing
  std::string bucket, file;   // both set when the sync goes through an S3 bucket
};

}  // namespace core

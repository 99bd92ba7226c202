// SPDX-License-Identifier: Apache-2.0
#include "connectors/bucket_connector.hpp"

#include <utility>

namespace connectors {
namespace {

class BucketConnector final : public core::Connector {
 public:
  BucketConnector(std::unique_ptr<core::Connector> connector, std::unique_ptr<BucketReader> reader)
      : reader_(std::move(reader)), connector_(std::move(connector)) {}

  base::Result<core::RawResponse> invoke(const core::Call& call) override {
    if (call.bucket.empty()) return connector_->invoke(call);
    reader_->begin_call();
    FSIM_ASSIGN(core::RawResponse raw, connector_->invoke(call));
    if (!raw.answered()) return raw;
    FSIM_ASSIGN(raw.file, reader_->read(call.bucket, call.file));
    return raw;
  }

  std::string describe() const override { return connector_->describe(); }
  void stop() noexcept override { connector_->stop(); }

 private:
  std::unique_ptr<BucketReader> reader_;  // first: the connector may write until it is gone
  std::unique_ptr<core::Connector> connector_;
};

}  // namespace

std::unique_ptr<core::Connector> with_bucket(std::unique_ptr<core::Connector> connector,
                                             std::unique_ptr<BucketReader> reader) {
  return std::make_unique<BucketConnector>(std::move(connector), std::move(reader));
}

}  // namespace connectors

// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/program.hpp"
#include "cli/session.hpp"
#include "workflows/serve_lambda.hpp"

#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

void print_address(std::uint16_t port, const std::string& target, const Arguments& args) {
  const std::string url = fmt::format("http://127.0.0.1:{}", port);
  const std::string name = args.function_name.empty() ? "connector" : args.function_name;
  std::cout << fmt::format(
                   "{} answers as a Lambda function at {} (Ctrl-C ends it)\n"
                   "  aws lambda invoke --function-name {} --endpoint-url {} --payload "
                   "'{{\"state\":{{}},\"secrets\":{{}}}}' --cli-binary-format raw-in-base64-out "
                   "/dev/stdout\n"
                   "  fivetran-sim run lambda:{} --endpoint-url {} --region us-east-1\n",
                   target, url, name, url, name, url)
            << std::flush;
}

}  // namespace

base::Result<core::ExitCode> serve_command(const Arguments& args) {
  FSIM_ASSIGN(const auto session, open_session(args, true));
  FSIM_TRY(open_connector(*session, args));
  core::Reporter& reporter = session->output->reporter();
  workflows::LambdaServing serving;
  serving.port = args.port;
  serving.timeout = session->settings.call_timeout;
  serving.limits = session->settings.limits;
  serving.memory_mb = static_cast<int>(args.memory_mb);
  serving.log_line = [&reporter](std::string_view line) {
    reporter.on_event(core::LogLine{std::string(line)});
  };
  FSIM_ASSIGN(const auto endpoint,
              workflows::LambdaEndpoint::start(*session->connector, std::move(serving)));
  print_address(endpoint->port(), session->connector->describe(), args);
  endpoint->run([] { return interrupted(); });
  return interrupt_exit_code();
}

}  // namespace cli

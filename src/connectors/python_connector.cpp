// SPDX-License-Identifier: Apache-2.0
#include "connectors/python_connector.hpp"

#include "connectors/handler_connector.hpp"
#include "connectors/python_interpreter.hpp"
#include "embedded/python_shim.hpp"
#include "embedded/python_styles.hpp"

#include <string>
#include <utility>

namespace connectors {

base::Result<std::unique_ptr<core::Connector>> make_python_connector(
    const Target& target, const ConnectorOptions& options, core::LogSink log) {
  HandlerSetting setting = handler_setting(target, options);
  FSIM_ASSIGN(std::string interpreter,
              find_python(options, target.file.parent_path(), setting.env));
  LanguageRuntime runtime;
  runtime.needs = "Python 3.6 or later is needed: give --python PATH";
  runtime.command = {std::move(interpreter), "-u"};
  runtime.client = {{"fivetran_sim_runtime.py", embedded::python_shim},
                    {"fivetran_sim_styles.py", embedded::python_styles}};
  runtime.aws_client = "pip install awslambdaric";
  return make_handler_connector(target, options, std::move(setting), runtime, std::move(log));
}

}  // namespace connectors

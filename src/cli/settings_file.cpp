// SPDX-License-Identifier: Apache-2.0
#include "cli/settings_file.hpp"

#include "base/text.hpp"
#include "cli/options.hpp"
#include "cli/settings_expect.hpp"
#include "cli/settings_paths.hpp"
#include "cli/settings_waivers.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace cli {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;

constexpr const char* kFile = "fivetran-sim.toml";

fs::path current_folder() {
  std::error_code error;
  return fs::current_path(error);
}

std::optional<fs::path> find_file() {
  std::error_code error;
  for (fs::path folder = current_folder();; folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / kFile, error)) return folder / kFile;
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

class Filler {
 public:
  Filler(Arguments& args, const CLI::App& app, CLI::App& command, fs::path file)
      : args_(args),
        app_(app),
        command_(command),
        file_(std::move(file)),
        here_(file_.parent_path() == current_folder()) {}

  base::Result<void> fill(const toml::table& settings) {
    for (const auto& [key, node] : settings) {
      const std::string name(key.str());
      const toml::table* table = node.as_table();
      if (name == "waive" && node.is_array_of_tables()) {
        for (const toml::node& waiver : *node.as_array()) {
          FSIM_ASSIGN(WaiverArgument read, read_waiver(*waiver.as_table(), place(waiver)));
          args_.pardons.from_file.push_back(std::move(read));
        }
      } else if (table == nullptr) {
        if (name == "destination" && has_own_warehouse(command_.get_name())) continue;
        FSIM_TRY(set(name, node));
      } else if (name == "env" || name == "assume") {
        FSIM_TRY(set_pairs(name == "env" ? args_.env : args_.assume, name, *table));
      } else if (name == "secrets") {
        FSIM_TRY(set_secrets(*table));
      } else if (name == "expect") {
        FSIM_ASSIGN(args_.expect, read_expectations(*table, file_.filename().string()));
      } else if (name == "schema") {
        FSIM_TRY(set_schema(*table));
      } else if (is_command(name)) {
        if (name == command_.get_name())
          for (const auto& [inner, value] : *table) FSIM_TRY(set(std::string(inner.str()), value));
      } else {
        return unknown(name, node);
      }
    }
    return {};
  }

 private:
  bool is_command(const std::string& name) const {
    return std::ranges::any_of(subcommands(),
                               [&](const CLI::App* sub) { return sub->get_name() == name; });
  }
  std::vector<const CLI::App*> subcommands() const {
    const CLI::App& app = app_;
    return app.get_subcommands([](const CLI::App*) { return true; });
  }
  static CLI::Option* option_of(CLI::App& command, const std::string& name) {
    if (CLI::Option* option = command.get_option_no_throw("--" + name)) return option;
    return name == "target" ? command.get_option_no_throw("target") : nullptr;
  }

  std::string place(const toml::node& node) const {
    return fmt::format("{}:{}", file_.filename().string(), node.source().begin.line);
  }

  base::Result<void> unknown(const std::string& name, const toml::node& node) const {
    std::set<std::string> names = {"env", "assume", "expect", "target"};
    for (const CLI::App* sub : subcommands()) {
      names.insert(sub->get_name());
      for (const CLI::Option* option : sub->get_options())
        for (const std::string& long_name : option->get_lnames()) names.insert(long_name);
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    const std::string_view best = base::closest(name, views);
    return fail(ErrorKind::usage,
                fmt::format("{}: unknown key \"{}\"{}", place(node), name,
                            best.empty() ? "" : fmt::format("; did you mean {}?", best)));
  }

  static std::optional<std::string> text_of(const toml::node& node) {
    if (const auto text = node.value<std::string>(); text && node.is_string()) return *text;
    if (node.is_boolean()) return *node.value<bool>() ? "true" : "false";
    if (node.is_integer()) return std::to_string(*node.value<std::int64_t>());
    if (node.is_floating_point()) return fmt::to_string(*node.value<double>());
    return std::nullopt;
  }

  std::string counted(const CLI::Option& option, const std::string& value) const {
    return here_ ? value : counted_from(file_.parent_path(), option, value);
  }

  base::Result<void> set(const std::string& name, const toml::node& node) {
    CLI::Option* option = option_of(command_, name);
    if (option == nullptr) {
      for (const CLI::App* sub : subcommands())
        if (option_of(const_cast<CLI::App&>(*sub), name) != nullptr) return {};
      return unknown(name, node);
    }
    const bool given = option->count() > 0 || (name == "target" && !args_.program.empty());
    if (given) return {};
    std::vector<std::string> values;
    if (const toml::array* list = node.as_array()) {
      for (const toml::node& element : *list)
        if (auto text = text_of(element)) values.push_back(counted(*option, *text));
    } else if (auto text = text_of(node)) {
      values.push_back(counted(*option, *text));
    }
    if (name == "target" && !here_) args_.target_folder = file_.parent_path().string();
    if (values.empty())
      return fail(ErrorKind::usage,
                  fmt::format("{}: {} needs a text, number or boolean", place(node), name));
    try {
      for (const std::string& value : values) option->add_result(value);
      option->run_callback();
    } catch (const CLI::ParseError& error) {
      return fail(ErrorKind::usage, fmt::format("{}: {}", place(node), error.what()));
    }
    return {};
  }

  // [secrets] from = "secrets.json", sensitive = ["NAME"], public = ["NAME"]
  base::Result<void> set_secrets(const toml::table& table) {
    for (const auto& [key, node] : table) {
      if (key == "from") {
        FSIM_TRY(set("secrets", node));
        continue;
      }
      if (key != "sensitive" && key != "public")
        return fail(
            ErrorKind::usage,
            fmt::format("{}: unknown key \"{}\" in [secrets] (it has from, sensitive, public)",
                        place(node), key.str()));
      const toml::array* names = node.as_array();
      if (names == nullptr || !names->is_homogeneous(toml::node_type::string))
        return fail(ErrorKind::usage,
                    fmt::format("{}: {} needs a list of names, such as [\"apiToken\"]", place(node),
                                key.str()));
      for (const toml::node& name : *names)
        (key == "public" ? args_.open : args_.sensitive).push_back(*name.value<std::string>());
    }
    return {};
  }

  // [schema]: `name` is --schema; `lock` is --schema-lock of run and --file of schema.
  base::Result<void> set_schema(const toml::table& table) {
    const bool looks = command_.get_name() == "schema";
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      FSIM_TRY(set(name == "name"   ? "schema"
                   : name == "lock" ? (looks ? "file" : "schema-lock")
                                    : name,
                   node));
    }
    return {};
  }

  base::Result<void> set_pairs(std::vector<std::string>& to, const std::string& table_name,
                               const toml::table& table) {
    std::vector<std::string> pairs;
    for (const auto& [key, node] : table) {
      const auto text = text_of(node);
      if (!text)
        return fail(ErrorKind::usage, fmt::format("{}: [{}] {} needs a text, number or boolean",
                                                  place(node), table_name, key.str()));
      pairs.push_back(fmt::format("{}={}", key.str(), *text));
    }
    to.insert(to.begin(), pairs.begin(), pairs.end());  // the command line comes later and wins
    return {};
  }

  Arguments& args_;
  const CLI::App& app_;  // all commands, only to look at
  CLI::App& command_;
  fs::path file_;
  bool here_;  // in the current folder: paths stay as they are written
};

}  // namespace

bool has_own_warehouse(std::string_view command) {
  return command == "record" || command == "replay";
}

base::Result<void> apply_settings_file(Arguments& args, CLI::App& command) {
  const auto file = find_file();
  args.project_root = file ? file->parent_path().string() : current_folder().string();
  if (!file) return {};
  try {
    const toml::table settings = toml::parse_file(file->string());
    Arguments unused;
    const auto all = declare_options(unused);
    return Filler(args, *all, command, *file).fill(settings);
  } catch (const toml::parse_error& fault) {
    return fail(ErrorKind::usage, fmt::format("cannot read {} line {}: {}", file->string(),
                                              fault.source().begin.line, fault.description()));
  }
}

}  // namespace cli

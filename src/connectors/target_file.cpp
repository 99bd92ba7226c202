// SPDX-License-Identifier: Apache-2.0
#include "connectors/target_file.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace connectors {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;
using base::Result;

struct Language {
  TargetKind kind;
  std::string_view scheme;
  std::vector<std::string_view> extensions;  // the first is the usual one
  std::vector<std::string_view> usual_files;
};

const Language& language(TargetKind kind) {
  static const Language python{
      TargetKind::python, "python", {".py"}, {"lambda_function.py", "main.py", "handler.py"}};
  static const Language node{
      TargetKind::node, "node", {".js", ".mjs", ".cjs"}, {"index.js", "index.mjs", "main.js"}};
  return kind == TargetKind::python ? python : node;
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

// "src/main.handler" in parts. In Python the folders may be joined by dots as well, and the
// function is behind the last dot; in Node it is behind the first dot of the file name.
struct LambdaNotation {
  std::string module, function;
};

LambdaNotation split_lambda_notation(TargetKind kind, std::string_view text) {
  const std::size_t name = text.rfind('/') == std::string_view::npos ? 0 : text.rfind('/') + 1;
  const std::size_t dot = kind == TargetKind::python ? text.rfind('.') : text.find('.', name);
  if (dot == std::string_view::npos || dot <= name || dot + 1 == text.size()) return {};
  LambdaNotation parts{std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
  if (kind == TargetKind::python) std::replace(parts.module.begin(), parts.module.end(), '.', '/');
  return parts;
}

// The file of a module of Lambda's notation, or an empty path.
fs::path lambda_file(TargetKind kind, const std::string& module, const fs::path& folder) {
  if (module.empty()) return {};
  for (const std::string_view extension : language(kind).extensions)
    if (fs::path file = folder / (module + std::string(extension)); is_file(file)) return file;
  return {};
}

Result<Target> from_lambda_notation(TargetKind kind, std::string_view text,
                                    const fs::path& folder) {
  const LambdaNotation parts = split_lambda_notation(kind, text);
  const fs::path file = lambda_file(kind, parts.module, folder);
  if (file.empty()) return tl::unexpected(no_such_file((folder / text).string()));
  Target target;
  target.kind = kind;
  target.file = fs::absolute(file).lexically_normal();
  target.function = parts.function;
  target.module = parts.module;
  target.root = folder.empty() ? fs::current_path() : fs::absolute(folder).lexically_normal();
  target.text = fmt::format("{}:{}", language(kind).scheme, text);
  return target;
}

Result<Target> from_file(TargetKind kind, const fs::path& file, std::string function,
                         const fs::path& folder) {
  const Language& known = language(kind);
  if (handler_kind(file) != kind)
    return fail(ErrorKind::usage,
                fmt::format("cannot use {} as {}: its name does not end in {}{}", file.string(),
                            known.scheme, fmt::join(known.extensions, ", "),
                            file.extension() == ".ts" ? " (compile it to JavaScript first)" : ""));
  Target target;
  target.kind = kind;
  target.file = fs::absolute(folder / file).lexically_normal();
  target.function = std::move(function);
  target.module = target.file.stem().string();
  target.root = target.file.parent_path();
  target.text = fmt::format("{}:{}", known.scheme, file.lexically_normal().string());
  const std::string shown =
      target.function.empty() ? likely_function(kind, target.file) : target.function;
  if (!shown.empty()) target.text += ":" + shown;
  return target;
}

base::Error folder_given(const fs::path& folder, const Language& known) {
  std::string example = (folder / known.usual_files.front()).string();
  for (const std::string_view name : known.usual_files) {
    if (!is_file(folder / name)) continue;
    example = (folder / name).string();
    break;
  }
  return {ErrorKind::usage,
          fmt::format("cannot use {}: it is a folder (name the handler's file, such as {}:{})",
                      folder.string(), known.scheme, example)};
}

}  // namespace

std::optional<TargetKind> handler_kind(const fs::path& file) {
  const std::string extension = file.extension().string();
  for (const TargetKind kind : {TargetKind::python, TargetKind::node}) {
    const auto& known = language(kind).extensions;
    if (std::find(known.begin(), known.end(), extension) != known.end()) return kind;
  }
  return std::nullopt;
}

Result<Target> handler_target(TargetKind kind, std::string_view text, const fs::path& folder) {
  const Language& known = language(kind);
  if (text.empty())
    return fail(ErrorKind::usage, fmt::format("{}: needs a file (such as {}:{})", known.scheme,
                                              known.scheme, known.usual_files.front()));
  const fs::path whole(text);
  if (is_file(folder / whole)) return from_file(kind, whole, {}, folder);
  if (is_folder(folder / whole)) return tl::unexpected(folder_given(folder / whole, known));
  std::string_view named = text;
  if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos) {
    const std::string_view function = text.substr(colon + 1);
    if (function.find_first_of("/\\") == std::string_view::npos) {  // else a drive letter's colon
      named = text.substr(0, colon);
      const fs::path file(named);
      if (is_file(folder / file)) return from_file(kind, file, std::string(function), folder);
      if (is_folder(folder / file)) return tl::unexpected(folder_given(folder / file, known));
    }
  }
  if (named == text && !handler_kind(whole)) return from_lambda_notation(kind, text, folder);
  return tl::unexpected(no_such_file((folder / named).string()));
}

std::optional<TargetKind> lambda_notation_kind(std::string_view text, const fs::path& folder) {
  std::optional<TargetKind> found;
  for (const TargetKind kind : {TargetKind::python, TargetKind::node}) {
    if (lambda_file(kind, split_lambda_notation(kind, text).module, folder).empty()) continue;
    if (found) return std::nullopt;
    found = kind;
  }
  return found;
}

Result<Target> scenario_target(std::string_view text, const fs::path& folder) {
  const fs::path path = folder / text;
  if (!is_folder(path)) {
    if (is_file(path))
      return fail(ErrorKind::usage,
                  fmt::format("cannot use {} as a scenario: it is a file (name its folder)", text));
    return tl::unexpected(no_such_file(path.string()));
  }
  std::error_code error;
  bool has_json = false;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error))
    has_json |= at->path().extension() == ".json";
  if (error)
    return fail(ErrorKind::environment,
                fmt::format("cannot list the folder {}: {}", text, error.message()));
  if (!has_json) {
    for (const TargetKind kind : {TargetKind::python, TargetKind::node})
      for (const std::string_view name : language(kind).usual_files)
        if (is_file(path / name)) return tl::unexpected(folder_given(path, language(kind)));
    return fail(ErrorKind::usage,
                fmt::format("cannot use {} as a scenario: there is no *.json in it (write one "
                            "response a file, such as {})",
                            text, (path / "001.json").string()));
  }
  Target target;
  target.kind = TargetKind::scenario;
  target.file = fs::absolute(path).lexically_normal();
  target.text = fmt::format("scenario:{}", fs::path(text).lexically_normal().string());
  return target;
}

Result<Target> fixture_target(std::string_view text, const fs::path& folder) {
  const fs::path path = folder / text;
  if (!is_folder(path)) return tl::unexpected(no_such_file(path.string()));
  if (!is_file(path / "fixture.json"))
    return fail(
        ErrorKind::usage,
        fmt::format("cannot use {} as a fixture: there is no fixture.json in it (record one: "
                    "fivetran-sim record TARGET {})",
                    text, text));
  Target target;
  target.kind = TargetKind::fixture;
  target.file = fs::absolute(path).lexically_normal();
  target.text = fmt::format("fixture:{}", fs::path(text).lexically_normal().string());
  return target;
}

base::Error no_such_file(std::string_view file) {
  std::string straight(file);
  std::replace(straight.begin(), straight.end(), '\\', '/');
  std::string hint = "is the path right?";
  const fs::path path(straight);
  if (straight != file && fs::exists(path)) {
    hint = fmt::format("did you mean {}?", straight);
  } else {
    std::vector<std::string> names;
    std::error_code ignored;
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    for (const auto& entry : fs::directory_iterator(folder, ignored))
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const std::string_view near = base::closest(path.filename().string(), candidates);
    if (!near.empty()) hint = fmt::format("did you mean {}?", (path.parent_path() / near).string());
  }
  return {ErrorKind::usage, fmt::format("cannot use {}: no such file ({})", file, hint)};
}

}  // namespace connectors

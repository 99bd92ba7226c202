// SPDX-License-Identifier: Apache-2.0
#include "workflows/chaos_progress.hpp"

#include "base/files.hpp"

#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>

namespace workflows {
namespace {

constexpr const char* kSchema = "fivetran-sim/chaos-progress/1";

nlohmann::json to_json(const core::ChaosCell& cell) {
  return {{"fault", cell.fault},   {"page", cell.page}, {"verdict", cell.verdict},
          {"extra", cell.extra},   {"lost", cell.lost}, {"changed", cell.changed},
          {"detail", cell.detail}, {"rows", cell.rows}};
}

core::ChaosCell from_json(const nlohmann::json& json) {
  core::ChaosCell cell;
  cell.fault = json.at("fault");
  cell.page = json.at("page");
  cell.verdict = json.at("verdict");
  cell.extra = json.at("extra");
  cell.lost = json.at("lost");
  cell.changed = json.at("changed");
  cell.detail = json.at("detail");
  cell.rows = json.at("rows").get<std::vector<std::string>>();
  return cell;
}

}  // namespace

void ChaosProgress::load() {
  if (file_.empty()) return;
  const auto text = base::read_file(file_);
  if (!text) return;
  try {
    const auto json = nlohmann::json::parse(*text);
    if (json.at("schema") != kSchema || json.at("identity") != identity_) return;
    std::vector<core::ChaosCell> cells;
    for (const auto& cell : json.at("cells")) cells.push_back(from_json(cell));
    cells_ = std::move(cells);
  } catch (const nlohmann::json::exception&) {
    cells_.clear();  // not ours: begin again
  }
}

const core::ChaosCell* ChaosProgress::find(const std::string& fault, int page) const {
  const auto cell = std::ranges::find_if(
      cells_, [&](const auto& known) { return known.fault == fault && known.page == page; });
  return cell == cells_.end() ? nullptr : &*cell;
}

base::Result<void> ChaosProgress::add(const core::ChaosCell& cell) {
  cells_.push_back(cell);
  const auto now = std::chrono::steady_clock::now();
  if (now - saved_ < std::chrono::milliseconds(500)) return {};
  saved_ = now;
  return save();
}

base::Result<void> ChaosProgress::save() {
  if (file_.empty() || cells_.empty()) return {};
  FSIM_TRY(base::make_private_dir(std::filesystem::path(file_).parent_path().string()));
  nlohmann::json json = {{"schema", kSchema}, {"identity", identity_}};
  json["cells"] = nlohmann::json::array();
  for (const core::ChaosCell& known : cells_) json["cells"].push_back(to_json(known));
  using Handler = nlohmann::json::error_handler_t;
  return base::write_file_atomically(file_, json.dump(1, ' ', false, Handler::replace));
}

// What a run that was killed while it wrote has left beside the file.
void ChaosProgress::remove_unfinished() const {
  const std::filesystem::path file = file_;
  std::vector<std::filesystem::path> left;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(file.parent_path(), error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(file.filename().string() + ".") && name.ends_with(".tmp"))
      left.push_back(entry.path());
  }
  for (const auto& path : left) std::filesystem::remove(path, error);
}

void ChaosProgress::finish() {
  if (file_.empty()) return;
  std::error_code error;
  std::filesystem::remove(file_, error);
  remove_unfinished();
  // The folders that were made for it go too when nothing else is in them.
  const auto folder = std::filesystem::path(file_).parent_path();
  std::filesystem::remove(folder, error);
  if (!error) std::filesystem::remove(folder.parent_path(), error);
}

}  // namespace workflows

// SPDX-License-Identifier: Apache-2.0
#include "workflows/json_difference.hpp"

#include "protocol/json_text.hpp"
#include "protocol/pointer.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace workflows {
namespace {

using Elements = std::vector<std::string>;

Elements canonical_elements(const Elements& elements) {
  Elements all;
  for (const std::string& element : elements)
    all.push_back(protocol::canonical(element).value_or(element));
  return all;
}

bool same_in_another_order(const Elements& a, const Elements& b) {
  Elements x = canonical_elements(a), y = canonical_elements(b);
  if (x == y) return false;
  std::ranges::sort(x);
  std::ranges::sort(y);
  return x == y;
}

class Comparer {
 public:
  explicit Comparer(const OnDifference& on_difference) : on_difference_(on_difference) {}

  // Both in normal form.
  void compare(const std::string& pointer, const std::string& a, const std::string& b) {
    if (a == b) return;
    const auto members_a = protocol::members(a), members_b = protocol::members(b);
    if (members_a && members_b) return objects(pointer, *members_a, *members_b);
    const auto elements_a = protocol::elements(a), elements_b = protocol::elements(b);
    if (elements_a && elements_b) return arrays(pointer, a, b, *elements_a, *elements_b);
    on_difference_(pointer, a, b, false);
  }

 private:
  void objects(const std::string& pointer, const protocol::Members& a, const protocol::Members& b) {
    const std::map<std::string, std::string> in_b(b.begin(), b.end());
    const std::map<std::string, std::string> in_a(a.begin(), a.end());
    for (const auto& [key, value] : in_a) {
      const std::string at = pointer + protocol::pointer({key});
      if (const auto other = in_b.find(key); other != in_b.end()) {
        compare(at, value, other->second);
      } else {
        on_difference_(at, value, "", false);
      }
    }
    for (const auto& [key, value] : in_b)
      if (!in_a.contains(key)) on_difference_(pointer + protocol::pointer({key}), "", value, false);
  }

  void arrays(const std::string& pointer, const std::string& a, const std::string& b,
              const Elements& in_a, const Elements& in_b) {
    if (in_a.size() != in_b.size()) return on_difference_(pointer, a, b, false);
    if (same_in_another_order(in_a, in_b)) return on_difference_(pointer, a, b, true);
    for (std::size_t i = 0; i < in_a.size(); ++i)
      compare(pointer + "/" + std::to_string(i), in_a[i], in_b[i]);
  }

  const OnDifference& on_difference_;
};

}  // namespace

void compare_json(std::string_view a, std::string_view b, const OnDifference& on_difference) {
  const auto normal_a = protocol::normal_form(a), normal_b = protocol::normal_form(b);
  if (normal_a && normal_b) return Comparer(on_difference).compare("", *normal_a, *normal_b);
  if (a != b) on_difference("", a, b, false);
}

}  // namespace workflows

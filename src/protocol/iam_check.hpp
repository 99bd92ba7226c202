// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace protocol {

// What a role's trust policy says about Fivetran.
struct TrustFacts {
  bool readable = false;    // a JSON object with statements
  std::string bad_version;  // a version that AWS does not know; empty: it is fine
  bool fivetran = false;    // Fivetran's account may assume the role
  bool lambda = false;      // so may Lambda, which the function's own execution role needs
  bool any_id = false;      // Fivetran's account may do so without an external id
  // The external ids that Fivetran's account has to give.
  std::vector<std::string> external_ids;
  // Accounts that are trusted where Fivetran's is not: usually a mistyped one.
  std::vector<std::string> other_accounts;
};
TrustFacts read_trust(std::string_view document);

// Whether an external id satisfies the trust.
bool accepts_external_id(const TrustFacts& trust, std::string_view external_id);

enum class Grant {
  none,         // no statement allows it
  allowed,      // a statement without conditions does
  conditional,  // only statements with conditions do
  denied,       // a statement refuses it
};
// What the documents, policies of one identity, say together about an action on a resource, as
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html tells
// for identity-based policies alone. Conditions are not judged: one on a refusal counts as not met.
Grant read_grant(const std::vector<std::string>& documents, std::string_view action,
                 std::string_view resource);

// A version in the document that AWS refuses, or empty.
std::string refused_version(std::string_view document);

}  // namespace protocol

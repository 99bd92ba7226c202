// SPDX-License-Identifier: Apache-2.0
#include "rules/registry.hpp"

#include "rules/answer.hpp"
#include "rules/families.hpp"

namespace rules {
namespace {

constexpr unsigned kAnyForm = Form::setup_test | Form::no_answer | Form::answered;

constexpr CallRule kCallRules[] = {
    {"INV-01", Form::no_answer, failed_call},
    {"INV-02", Form::no_answer, http_status},
    {"INV-03", Form::object, content_type},
    {"INV-04", Form::error_report, error_answer},
    {"INV-05", Form::page, not_idempotent},
    {"RSP-01", Form::unreadable, not_json},
    {"RSP-02", Form::unreadable, not_an_object},
    {"RSP-03", Form::envelope, api_gateway_envelope},
    {"RSP-04", Form::page, unknown_root_key},
    {"RSP-05", Form::page, near_miss_key},
    {"RSP-06", Form::page, has_more_not_boolean},
    {"RSP-07", Form::page, insert_missing},
    {"RSP-08", Form::page, wrong_json_shape},
    {"RSP-09", Form::page, delete_single_object},
    {"RSP-10", Form::page, null_container},
    {"RSP-11", Form::page, duplicate_json_key},
    {"RSP-12", Form::page | Form::error_report, error_with_data},
    {"STA-01", Form::page, state_missing},
    {"STA-02", Form::page, state_not_object},
    {"STA-04", Form::page, state_repeats},
    {"STA-06", Form::page, state_key_dropped},
    {"STA-07", Form::page, cursor_out_of_order},
    {"STA-08", Form::page, large_state},
    {"STA-09", Form::page, dynamic_state_keys},
    {"STA-12", Form::page, odd_timestamp},
    {"INC-03", Form::page, wall_clock_cursor},
    {"RES-04", Form::page, error_swallowed},
    {"LOOP-01", Form::page, empty_streak},
    {"LOOP-02", Form::page, too_many_empty_responses},
    {"LOOP-04", Form::page, many_calls},
    {"LIM-01", Form::no_answer | Form::answered, response_too_large},
    {"LIM-02", Form::no_answer | Form::answered, request_too_large},
    {"LIM-03", Form::answered, call_too_long},
    {"SCH-01", Form::page, table_without_key},
    {"SCH-02", Form::page, schema_nesting},
    {"SCH-03", Form::page, invalid_primary_key},
    {"SCH-04", Form::page, primary_key_changed},
    {"SCH-05", Form::page, schema_table_mismatch},
    {"SCH-06", Form::page, unknown_schema_key},
    {"ROW-01", Form::page, key_column_missing},
    {"ROW-02", Form::page, key_null},
    {"ROW-03", Form::page, unstable_key},
    {"ROW-04", Form::page, duplicate_key_in_response},
    {"ROW-06", Form::page, key_type_differs},
    {"TYP-02", Form::page, mixed_types},
    {"TYP-03", Form::page, large_integer},
    {"TYP-04", Form::page, json_as_text},
    {"TYP-07", Form::page, odd_date},
    {"TYP-08", Form::page, characters_replaced},
    {"NAM-02", Form::page, names_collide},
    {"NAM-03", Form::page, reserved_name},
    {"NAM-04", Form::page, awkward_name},
    {"NAM-05", kAnyForm, schema_name_refused},
    {"NAM-06", Form::page, table_spelled_differently},
    {"DEL-01", Form::page, delete_without_key},
    {"DEL-02", Form::page, insert_and_delete_same_key},
    {"DEL-04", Form::page, soft_delete_not_list},
    {"DEL-05", Form::page, soft_delete_unknown_table},
    {"DEL-06", Form::page, soft_delete_on_several_pages},
    {"DEL-07", Form::page, hard_or_soft_delete},
    {"SET-01", Form::setup_test, setup_test_failed},
    {"SET-02", Form::setup_test, setup_test_too_large},
    {"SET-03", Form::setup_test, setup_test_too_slow},
    {"SET-04", Form::setup_test, setup_test_returns_rows},
    {"S3-01", Form::page, file_missing},
    {"S3-02", Form::page, file_not_one_object},
    {"S3-03", Form::page, misplaced_between_file_and_answer},
    {"S3-04", Form::page, file_under_another_name},
    {"SEC-01", kAnyForm, secret_not_string},
    {"SEC-02", kAnyForm, secret_given_away},
    {"SEC-03", kAnyForm, secrets_wanted},
    {"SEC-11", kAnyForm, credential_in_rows},
    {"SEC-12", kAnyForm, credential_in_state},
    {"SEC-14", kAnyForm, credential_in_log},
    {"SEC-15", kAnyForm, credential_in_error},
};

constexpr LoadRule kLoadRules[] = {
    {"ROW-05", partial_row},    {"ROW-06", key_column_widened},
    {"TYP-01", column_widened}, {"TYP-05", nested_value},
    {"NAM-01", renamed},        {"DEL-03", delete_of_unknown_row},
};

constexpr SyncRule kSyncRules[] = {
    {"STA-03", full_reload},        {"STA-05", cursor_starts_at_now},
    {"STA-10", growing_state},      {"STA-11", state_not_consumed},
    {"INC-04", cursor_past_unread}, {"INC-06", unchanged_rows},
    {"RES-05", page_overlap},       {"LOOP-03", six_hour_limit},
    {"SCH-05", table_never_filled}, {"ROW-07", keys_all_new},
    {"TYP-06", column_always_null}, {"DEL-06", soft_delete_on_partial_sync},
};

constexpr std::string_view kLockRules[] = {"CON-04", "CON-05", "CON-06", "CON-07", "CON-09"};

constexpr std::string_view kWorkflowRules[] = {"CON-01", "CON-02", "CON-03", "CON-08", "FCT-01",
                                               "FCT-02", "FCT-03", "INC-01", "INC-02", "INC-05",
                                               "INC-07", "INC-08", "RES-01", "RES-02", "RES-03",
                                               "RES-06", "RES-07", "RES-08", "RES-09", "RES-10"};

}  // namespace

std::span<const CallRule> call_rules() {
  return kCallRules;
}
std::span<const LoadRule> load_rules() {
  return kLoadRules;
}
std::span<const SyncRule> sync_rules() {
  return kSyncRules;
}
std::span<const std::string_view> lock_rules() {
  return kLockRules;
}
std::span<const std::string_view> workflow_rules() {
  return kWorkflowRules;
}

}  // namespace rules

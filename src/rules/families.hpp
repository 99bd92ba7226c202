// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/rule.hpp"
#include "rules/draft.hpp"

// The rules themselves: pure functions of what they are given. Each looks at one thing only; when
// it applies is said in registry.cpp, what it means in the catalogue. A rule that reads
// `view.response` is only called when there is one.
namespace rules {

// INV
Drafts failed_call(const core::CallView& view);
Drafts http_status(const core::CallView& view);
Drafts content_type(const core::CallView& view);
Drafts error_answer(const core::CallView& view);
Drafts not_idempotent(const core::CallView& view);

// RSP
Drafts not_json(const core::CallView& view);
Drafts not_an_object(const core::CallView& view);
Drafts api_gateway_envelope(const core::CallView& view);
Drafts unknown_root_key(const core::CallView& view);
Drafts near_miss_key(const core::CallView& view);
Drafts has_more_not_boolean(const core::CallView& view);
Drafts insert_missing(const core::CallView& view);
Drafts wrong_json_shape(const core::CallView& view);
Drafts delete_single_object(const core::CallView& view);
Drafts null_container(const core::CallView& view);
Drafts duplicate_json_key(const core::CallView& view);
Drafts error_with_data(const core::CallView& view);

// STA
Drafts state_missing(const core::CallView& view);
Drafts state_not_object(const core::CallView& view);
Drafts full_reload(const core::SyncView& view);
Drafts state_repeats(const core::CallView& view);
Drafts cursor_starts_at_now(const core::SyncView& view);
Drafts state_key_dropped(const core::CallView& view);
Drafts cursor_out_of_order(const core::CallView& view);
Drafts large_state(const core::CallView& view);
Drafts dynamic_state_keys(const core::CallView& view);
Drafts odd_timestamp(const core::CallView& view);
Drafts growing_state(const core::SyncView& view);
Drafts state_not_consumed(const core::SyncView& view);

// INC, RES
Drafts wall_clock_cursor(const core::CallView& view);
Drafts cursor_past_unread(const core::SyncView& view);
Drafts unchanged_rows(const core::SyncView& view);
Drafts error_swallowed(const core::CallView& view);
Drafts page_overlap(const core::SyncView& view);

// LOOP, LIM
Drafts empty_streak(const core::CallView& view);
Drafts too_many_empty_responses(const core::CallView& view);
Drafts six_hour_limit(const core::SyncView& view);
Drafts many_calls(const core::CallView& view);
Drafts response_too_large(const core::CallView& view);
Drafts request_too_large(const core::CallView& view);
Drafts call_too_long(const core::CallView& view);

// SCH
Drafts table_without_key(const core::CallView& view);
Drafts schema_nesting(const core::CallView& view);
Drafts invalid_primary_key(const core::CallView& view);
Drafts primary_key_changed(const core::CallView& view);
Drafts schema_table_mismatch(const core::CallView& view);
Drafts table_never_filled(const core::SyncView& view);
Drafts unknown_schema_key(const core::CallView& view);

// ROW
Drafts key_column_missing(const core::CallView& view);
Drafts key_null(const core::CallView& view);
Drafts unstable_key(const core::CallView& view);
Drafts duplicate_key_in_response(const core::CallView& view);
Drafts partial_row(const core::LoadView& view);
Drafts key_type_differs(const core::CallView& view);
Drafts key_column_widened(const core::LoadView& view);
Drafts keys_all_new(const core::SyncView& view);

// TYP
Drafts column_widened(const core::LoadView& view);
Drafts mixed_types(const core::CallView& view);
Drafts large_integer(const core::CallView& view);
Drafts json_as_text(const core::CallView& view);
Drafts nested_value(const core::LoadView& view);
Drafts column_always_null(const core::SyncView& view);
Drafts odd_date(const core::CallView& view);
Drafts characters_replaced(const core::CallView& view);

// NAM
Drafts renamed(const core::LoadView& view);
Drafts names_collide(const core::CallView& view);
Drafts reserved_name(const core::CallView& view);
Drafts awkward_name(const core::CallView& view);
Drafts schema_name_refused(const core::CallView& view);
Drafts table_spelled_differently(const core::CallView& view);

// DEL
Drafts delete_without_key(const core::CallView& view);
Drafts insert_and_delete_same_key(const core::CallView& view);
Drafts delete_of_unknown_row(const core::LoadView& view);
Drafts soft_delete_not_list(const core::CallView& view);
Drafts soft_delete_unknown_table(const core::CallView& view);
Drafts soft_delete_on_several_pages(const core::CallView& view);
Drafts soft_delete_on_partial_sync(const core::SyncView& view);
Drafts hard_or_soft_delete(const core::CallView& view);

// SET
Drafts setup_test_failed(const core::CallView& view);
Drafts setup_test_too_large(const core::CallView& view);
Drafts setup_test_too_slow(const core::CallView& view);
Drafts setup_test_returns_rows(const core::CallView& view);

// S3
Drafts file_missing(const core::CallView& view);
Drafts file_not_one_object(const core::CallView& view);
Drafts misplaced_between_file_and_answer(const core::CallView& view);
Drafts file_under_another_name(const core::CallView& view);

// SEC
Drafts secret_not_string(const core::CallView& view);
Drafts secret_given_away(const core::CallView& view);
Drafts secrets_wanted(const core::CallView& view);
Drafts credential_in_rows(const core::CallView& view);
Drafts credential_in_state(const core::CallView& view);
Drafts credential_in_log(const core::CallView& view);
Drafts credential_in_error(const core::CallView& view);

}  // namespace rules

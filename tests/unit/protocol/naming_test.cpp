// SPDX-License-Identifier: Apache-2.0
#include "protocol/naming.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

using protocol::column_name;
using protocol::table_name;

namespace {

struct Vector {
  const char* source;
  const char* column;
};

// Contract §4.6, the vectors found by running Fivetran's own helper, then the documentation's.
constexpr Vector kContract[] = {
    {"address1", "address_1"},
    {"userID", "user_id"},
    {"HTTPServer", "httpserver"},
    {"ABCdef", "abcdef"},
    {"Event ID", "event_id"},
    {"userData", "user_data"},
    {"user-data", "user_data"},
    {"user.data", "user_data"},
    {"S3Bucket", "s_3_bucket"},
    {"iPhone5sCase", "i_phone_5_s_case"},
    {"order__id", "order_id"},
    {"total$amount", "total_amount"},
    {"$amount", "_amount"},
    {"_id", "_id"},
    {"__v", "_v"},
    {"Montréal report", "montreal_report"},
    {"tflLineStatus", "tfl_line_status"},
    {"%", "_"},
    {"1abc", "_1_abc"},
};

}  // namespace

TEST_CASE("column names follow the vectors of the contract") {
  for (const Vector& vector : kContract) {
    CAPTURE(vector.source);
    CHECK(column_name(vector.source) == vector.column);
  }
}

TEST_CASE("table names lose a leading underscore before a letter only") {
  constexpr Vector kTables[] = {{"$amount", "amount"},    {"_id", "id"},       {"__v", "v"},
                                {"1abc", "_1_abc"},       {"_1abc", "_1_abc"}, {"%", "_"},
                                {"Event ID", "event_id"}, {"_", "_"},          {"", ""}};
  for (const Vector& vector : kTables) {
    CAPTURE(vector.source);
    CHECK(table_name(vector.source) == vector.column);
  }
}

TEST_CASE("other alphabets are written in ASCII") {
  constexpr Vector kLetters[] = {{"Straße", "strasse"},
                                 {"ærø", "aero"},
                                 {"łódź", "lodz"},
                                 {"Ærø", "aero"},
                                 {"naïve café", "naive_cafe"},
                                 {"e\u0301te\u0301", "ete"},
                                 {"Đặng", "dang"},
                                 {"Θήρα", "thera"},
                                 {"Ξάνθη", "ksanthe"},
                                 {"Жуковский", "zhukovskii"},
                                 {"объект", "obekt"},
                                 {"userЖук", "user_zhuk"},
                                 {"ｗｉｄｅ１", "wide_1"},
                                 {"m²", "m_2"},
                                 {"½ price €", "_1_2_price_eur"},
                                 {"№5", "no_5"},
                                 {"© owner", "_c_owner"},
                                 {"日本", "_"},
                                 {"a日b", "a_b"},
                                 {"😀smile", "_smile"}};
  for (const Vector& vector : kLetters) {
    CAPTURE(vector.source);
    CHECK(column_name(vector.source) == vector.column);
  }
}

TEST_CASE("bytes that are no UTF-8 count as separators") {
  CHECK(column_name("a\xFF"
                    "b") == "a_b");
  CHECK(column_name("a\xE2\x82") == "a_");
  CHECK(column_name("\xC0\xAF") == "_");
}

TEST_CASE("a name of more than 63 bytes is shortened by a hash of all of it") {
  const std::string stem(70, 'a');
  const std::string name = column_name(stem + "x");
  CHECK(name.size() == 63);
  CHECK(name.substr(0, 54) == stem.substr(0, 54));
  CHECK(name != column_name(stem + "y"));
  CHECK(column_name(stem + " x") == column_name(stem + "-X"));
  CHECK(column_name(name) == name);
  CHECK(column_name(std::string(63, 'a')) == std::string(63, 'a'));
  CHECK(table_name("_" + std::string(63, 'a')) == std::string(63, 'a'));
}

TEST_CASE("a name that follows the rules already stays as it is") {
  for (const Vector& vector : kContract) {
    const std::string name = column_name(vector.source);
    CHECK(column_name(name) == name);
  }
}

TEST_CASE("source naming leaves names as the connector wrote them") {
  constexpr auto kSource = protocol::Naming::source;
  for (const Vector& vector : kContract) {
    CAPTURE(vector.source);
    CHECK(column_name(vector.source, kSource) == vector.source);
    CHECK(table_name(vector.source, kSource) == vector.source);
  }
  CHECK(column_name("日本", kSource) == "日本");
  CHECK(column_name("", kSource) == "");
  // 21 characters of three bytes fit; of more, whole characters are cut away.
  const std::string wide = "日本日本日本日本日本日本日本日本日本日本日";
  CHECK(column_name(wide, kSource) == wide);
  const std::string cut = column_name(wide + "本", kSource);
  CHECK(cut.size() == 63);
  CHECK(cut.starts_with("日本日本日本日本日本日本日本日本日本_"));
  CHECK(cut != column_name(wide + "日", kSource));
}

TEST_CASE("names that are cut or of which nothing is left are known as such") {
  CHECK(protocol::is_too_long(std::string(64, 'a')));
  CHECK_FALSE(protocol::is_too_long(std::string(63, 'a')));
  // Each capital after a small letter takes an underscore.
  CHECK(protocol::is_too_long(std::string(61, 'a') + "BcD"));
  CHECK_FALSE(protocol::is_too_long(std::string(61, 'a') + "Bc", protocol::Naming::source));
  CHECK(protocol::is_emptied("日本"));
  CHECK(protocol::is_emptied("%"));
  CHECK(protocol::is_emptied(""));
  CHECK_FALSE(protocol::is_emptied("__"));
  CHECK_FALSE(protocol::is_emptied("日本", protocol::Naming::source));
  CHECK_FALSE(protocol::is_emptied("ж"));
}

TEST_CASE("names that differ in the case of A to Z only fold to one") {
  CHECK(protocol::folded("Ab_É1") == "ab_É1");
}

TEST_CASE("schema names are what the set-up form takes") {
  CHECK(protocol::is_schema_name("aws_lambda"));
  CHECK(protocol::is_schema_name("_x1"));
  CHECK_FALSE(protocol::is_schema_name("1x"));
  CHECK_FALSE(protocol::is_schema_name("Aws"));
  CHECK_FALSE(protocol::is_schema_name("a-b"));
  CHECK_FALSE(protocol::is_schema_name(""));
}

TEST_CASE("system names are known by their prefix") {
  CHECK(protocol::is_system_name("_fivetran_synced"));
  CHECK_FALSE(protocol::is_system_name("fivetran_synced"));
}

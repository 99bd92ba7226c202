// SPDX-License-Identifier: Apache-2.0
#include "protocol/transliterate.hpp"

#include <cstdint>

namespace protocol {
namespace {

// The words are those of the Connector SDK's own renaming (its last version in Python, MIT licence:
// tests/oracle) for the alphabets that are here; docs/differences.md tells what is not.
//
// Code points from `first` on, one word each: `_` where there is none, `-` for a letter that has no
// sound of its own.
struct Range {
  char32_t first, last;
  std::string_view words;
};

constexpr Range kRanges[] = {
    {0xA2, 0xBE, "c_ ps _ y_ _ ss _ _c_ a _ _ _ _r_ _ deg _ 2 3 _ u p _ _ 1 o _ 1_4 1_2 3_4"},
    // Latin-1 and Latin Extended-A
    {0xC0, 0x17F,
     "A A A A A A AE C E E E E I I I I D N O O O O O x O U U U U Y TH ss a a a a a a ae c e e "
     "e e i i i i d n o o o o o _ o u u u u y th y A a A a A a C c C c C c C c D d D d E e E e "
     "E e E e E e G g G g G g G g H h H h I i I i I i I i I i IJ ij J j K k k L l L l L l L l "
     "L l N n N n N n n NG ng O o O o O o OE oe R r R r R r S s S s S s S s T t T t T t U u U "
     "u U u U u U u U u W w Y y Y Z z Z z Z z s"},
    // Latin Extended-B where it is in common use: Vietnamese, Pinyin, Romanian, Croatian
    {0x1A0, 0x1A1, "O o"},
    {0x1AF, 0x1B0, "U u"},
    {0x1C4, 0x1E1, "DZ Dz dz LJ Lj lj NJ Nj nj A a I i O o U u U u U u U u U u _ A a A a"},
    {0x1E6, 0x1ED, "G g K k O o O o"},
    {0x1F8, 0x1FB, "N n A a"},
    {0x218, 0x21B, "S s T t"},
    {0x226, 0x233, "A a E e O o O o O o O o Y y"},
    // Greek
    {0x386, 0x3CE,
     "A _ E E I _ O _ U O i A B G D E Z E Th I K L M N Ks O P R _ S T U Ph Kh Ps O I U a e e i u a "
     "b g d e z e th i k l m n x o p r s s t u ph kh ps o i u o u o"},
    // Cyrillic
    {0x400, 0x45F,
     "E E Dj G Ie Dz I I J Lj Nj Tsh K I U Dzh A B V G D E Zh Z I I K L M N O P R S T U F Kh "
     "Ts Ch Sh Shch - Y - E Iu Ia a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch "
     "- y - e iu ia e e dj g ie dz i i j lj nj tsh k i u dzh"},
    {0x490, 0x491, "G g"},
    // Latin Extended Additional
    {0x1E00, 0x1E9B,
     "A a B b B b B b C c D d D d D d D d D d E e E e E e E e E e F f G g H h H h H h H h H h I i "
     "I i K k K k K k L l L l L l L l M m M m M m N n N n N n N n O o O o O o O o P p P p R r R r "
     "R r R r S s S s S s S s S s T t T t T t T t U u U u U u U u U u V v V v W w W w W w W w W w "
     "X x X x Y y Z z Z z Z z h t w y a s"},
    {0x1E9E, 0x1E9E, "SS"},
    {0x1EA0, 0x1EF9,
     "A a A a A a A a A a A a A a A a A a A a A a A a E e E e E e E e E e E e E e E e I i I i O o "
     "O o O o O o O o O o O o O o O o O o O o O o U u U u U u U u U u U u U u Y y Y y Y y Y y"},
    {0x20AC, 0x20AC, "EUR"},
    {0x2116, 0x2116, "No_"},
    {0x2122, 0x2122, "_tm_"},
};

std::string_view word(const Range& range, char32_t code) {
  std::string_view words = range.words;
  for (char32_t skip = range.first; skip < code; ++skip) words.remove_prefix(words.find(' ') + 1);
  return words.substr(0, words.find(' '));
}

bool is_combining_mark(char32_t code) {
  return code >= 0x300 && code <= 0x36F;
}

// Takes one code point; a byte that is no UTF-8 counts as one without counterpart.
char32_t take(std::string_view& text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  char32_t code = length <= 1 ? first : first & (0xFFu >> (length + 1));
  bool valid = length > 0 && length <= text.size();
  for (std::size_t i = 1; valid && i < length; ++i) {
    valid = (byte(i) & 0xC0) == 0x80;
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  text.remove_prefix(valid ? length : 1);
  return valid ? code : char32_t{0xFFFD};
}

std::string_view counterpart(char32_t code) {
  if (is_combining_mark(code)) return "";
  for (const Range& range : kRanges)
    if (code >= range.first && code <= range.last) {
      const std::string_view found = word(range, code);
      return found == "-" ? std::string_view() : found;
    }
  return "_";
}

bool is_name_character(char32_t code) {
  return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
         (code >= '0' && code <= '9');
}

}  // namespace

std::string transliterate(std::string_view utf8) {
  constexpr char32_t kWideFirst = 0xFF01, kWideLast = 0xFF5E, kWideOffset = 0xFEE0;
  std::string ascii;
  ascii.reserve(utf8.size());
  while (!utf8.empty()) {
    char32_t code = take(utf8);
    if (code >= kWideFirst && code <= kWideLast) code -= kWideOffset;
    if (code >= 0x80)
      ascii += counterpart(code);
    else
      ascii += is_name_character(code) ? static_cast<char>(code) : '_';
  }
  return ascii;
}

}  // namespace protocol

// The names of HTML's elements as numbers, so that nobody compares strings while walking a tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidings::html {

enum class Tag : std::uint8_t {
  Unknown,  // also every element of SVG and MathML
#define TAG(value, name) value,
#include "html/tags.inc"
#undef TAG
};

inline constexpr std::size_t kTagCount = 1
#define TAG(value, name) +1
#include "html/tags.inc"
#undef TAG
    ;

// `name` in lower case. Unknown when it is not one of HTML's.
Tag tag_of(std::string_view name);

// Empty for Unknown.
std::string_view tag_name(Tag tag);

// A set of tags, as a table that is asked by position.
class TagSet {
 public:
  template <class... Tags>
  constexpr explicit TagSet(Tags... tags) {
    (add(tags), ...);
  }
  constexpr bool contains(Tag tag) const {
    const auto number = static_cast<std::size_t>(tag);
    return ((words_[number / 64] >> (number % 64)) & 1) != 0;
  }
  constexpr TagSet operator|(const TagSet& other) const {
    TagSet both = *this;
    for (std::size_t i = 0; i < kWords; ++i) both.words_[i] |= other.words_[i];
    return both;
  }

 private:
  static constexpr std::size_t kWords = (kTagCount + 63) / 64;
  constexpr void add(Tag tag) {
    const auto number = static_cast<std::size_t>(tag);
    words_[number / 64] |= std::uint64_t{1} << (number % 64);
  }
  std::uint64_t words_[kWords] = {};
};

// Elements without content and end tag (WHATWG HTML §13.1.2, and the obsolete ones of §13.3).
inline constexpr TagSet kVoidTags{Tag::Area,   Tag::Base,   Tag::Basefont, Tag::Bgsound, Tag::Br,
                                  Tag::Col,    Tag::Embed,  Tag::Frame,    Tag::Hr,      Tag::Img,
                                  Tag::Input,  Tag::Keygen, Tag::Link,     Tag::Meta,    Tag::Param,
                                  Tag::Source, Tag::Track,  Tag::Wbr};

}  // namespace tidings::html

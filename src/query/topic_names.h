// The topics that queries can name, and which lie above which.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::query {

// IPTC's two levels that articles are given. Safe to use from many threads.
class TopicNames {
 public:
  static const TopicNames& shipped();

  // The topic itself and those above it; a code that is not known is alone.
  std::vector<std::string> with_those_above(std::string_view code) const;
  // The same of some, in their order, each once.
  std::vector<std::string> with_all_above(std::span<const std::string> codes) const;

  // Of a code ("medtop:15000000", "15000000"), a label ("economy, business and finance"), or a part
  // of one that means one topic ("finance"); letter case, points and a plural s do not matter. The
  // top level goes before the second, whole labels before parts.
  std::optional<std::string> code_of(std::string_view written) const;

  // The name that is most like it; empty where none is.
  std::string_view nearest_name(std::string_view written) const;

 private:
  struct Topic {
    std::string code;
    std::string parent;  // empty at the top
    std::string_view label;
  };
  struct Name {
    std::string text;
    std::string code;
  };
  TopicNames();
  void add_name(std::string_view name, std::string_view code);
  void add_parts(bool of_the_top);
  const Name* find(std::string_view text) const;

  std::vector<Topic> topics_;
  std::vector<Name> names_;
};

}  // namespace tidings::query

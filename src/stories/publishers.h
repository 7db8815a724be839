// Who published an article: editions of one publisher are one.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tidings::stories {

// A table of domains and the families that they belong to. Safe to read from many threads.
class PublisherFamilies {
 public:
  static constexpr std::size_t kLinesMax = 100'000;

  // data/publishers/families.tsv.
  static const PublisherFamilies& shipped();

  // Lines of "domain<tab>family"; empty ones and those that begin with '#' are passed over. A
  // family "-" takes the domain out of the one that a line before gave it. InvalidInput names each
  // bad line by its number, the first ten of them.
  Result<void> add(std::string_view lines);

  // The family of the host of `url`, by the longest domain that the table has; else its registrable
  // domain (core/url.h). Empty without a host.
  std::string publisher_of(std::string_view url) const;

 private:
  std::string family_of_host(std::string_view host) const;

  std::map<std::string, std::string, std::less<>> families_;  // by domain
};

}  // namespace tidings::stories

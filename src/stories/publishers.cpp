#include "stories/publishers.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/check.h"
#include "core/strings.h"
#include "core/url.h"
#include "stories/publisher_families_table.h"

namespace tidings::stories {
namespace {

constexpr std::size_t kNameBytesMax = 100;
constexpr std::size_t kBadLinesTold = 10;

// What is wrong with a line; nothing where it is right.
std::string_view fault_of(std::string_view domain, std::string_view family) {
  if (domain.empty() || family.empty()) return "has no tab between a domain and a family";
  if (family.size() > kNameBytesMax) return "has a family of more than 100 bytes";
  const bool is_host = std::ranges::all_of(domain, [](char c) {
    return is_digit(c) || is_alpha(c) || c == '.' || c == '-' || (c & 0x80) != 0;
  });
  const bool is_domain =
      domain.find('.') != domain.npos && domain.front() != '.' && domain.back() != '.';
  return is_host && is_domain ? "" : "has no domain, as in 'bbc.co.uk', before its tab";
}

}  // namespace

const PublisherFamilies& PublisherFamilies::shipped() {
  static const PublisherFamilies kShipped = [] {
    PublisherFamilies families;
    CHECK(families.add(tables::families_tsv()));
    return families;
  }();
  return kShipped;
}

Result<void> PublisherFamilies::add(std::string_view lines) {
  std::vector<std::string> faults;
  std::size_t number = 0;
  for (const std::string_view raw : split(lines, '\n')) {
    if (++number > kLinesMax) return invalid_input("there are more than 100,000 lines");
    const std::string_view line = trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    const std::string_view domain = tab == line.npos ? "" : trim(line.substr(0, tab));
    const std::string_view family = tab == line.npos ? "" : trim(line.substr(tab + 1));
    if (const std::string_view fault = fault_of(domain, family); !fault.empty()) {
      faults.push_back(fmt::format("line {} {}", number, fault));
      continue;
    }
    families_.insert_or_assign(to_lower(domain), family == "-" ? "" : std::string(family));
  }
  if (faults.empty()) return {};
  const std::size_t more = faults.size() - std::min(faults.size(), kBadLinesTold);
  faults.resize(std::min(faults.size(), kBadLinesTold));
  return invalid_input(fmt::format("{}{}", fmt::join(faults, "; "),
                                   more == 0 ? "" : fmt::format("; and {} more", more)));
}

std::string PublisherFamilies::publisher_of(std::string_view url) const {
  const Result<Url> parsed = parse_url(url);
  return parsed ? family_of_host(parsed->host) : std::string();
}

std::string PublisherFamilies::family_of_host(std::string_view host) const {
  for (std::string_view domain = host; domain.find('.') != domain.npos;
       domain.remove_prefix(domain.find('.') + 1)) {
    const auto family = families_.find(domain);
    if (family != families_.end() && !family->second.empty()) return family->second;
    if (family != families_.end()) break;
  }
  return registrable_domain(host);
}

}  // namespace tidings::stories

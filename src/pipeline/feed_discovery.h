// Finds the feeds of a site from the address that a person knows: what to ask next, and what the
// answers mean. Asks nobody itself.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "ports/http_client.h"

namespace tidings::pipeline {

struct FoundFeed {
  enum class By { Address, Page, WellKnown, Sitemap };  // how it was found
  std::string url;                                      // that answered
  std::string title;
  std::string format;  // "rss 2.0"
  std::size_t entries = 0;
  By by = By::Page;
  bool is_own = true;        // of the site's own registrable domain
  bool is_comments = false;  // those under the articles
  friend bool operator==(const FoundFeed&, const FoundFeed&) = default;
};
std::string_view to_string(FoundFeed::By by);  // "well_known"

// In this order, each only where those before found nothing: the feeds that the address of a
// well-known site stands for; the page itself, where it is a feed; those that it names; a few
// well-known paths, until one answers; the site's sitemaps of news. What is named is fetched and
// read: only what is a feed counts. Linear in the answers.
class FeedDiscovery {
 public:
  static constexpr std::size_t kRequestsMax = 30;
  static constexpr std::size_t kNamedMax = 10;  // of what a page names

  explicit FeedDiscovery(std::string address);

  // The address to ask next, one at a time; nothing when it is through.
  std::optional<std::string> next();

  // The answer to what next() gave last.
  void take(const Result<HttpResponse>& answer);

  // The likeliest first: non-empty before empty ones, comments last, the site's own first.
  std::vector<FoundFeed> found() const;

  // Why nothing was found: what became of the address itself, and of what its page names.
  std::string reason() const;

 private:
  enum class Purpose { Known, Page, Named, WellKnown, Robots, SitemapIndex, Sitemap };
  struct Question {
    std::string url;
    std::string title;  // as it was named
    Purpose purpose = Purpose::Page;
  };

  void ask(std::string url, Purpose purpose, std::string title = {});
  void go_on();
  bool take_feed(const HttpResponse& response, const Question& question);
  void take_page(const HttpResponse& response);
  void take_robots(std::string_view text);
  void take_sitemap_index(std::string_view xml);
  void ask_well_known();

  const std::string address_;
  std::string site_;    // the registrable domain
  std::string origin_;  // "https://example.org"
  std::deque<Question> questions_;
  Question asked_;
  std::set<std::string> seen_;
  std::size_t requests_ = 0;
  Purpose stage_ = Purpose::Known;
  std::vector<FoundFeed> found_;
  std::vector<std::string> failures_;  // of the address and of what it names
};

}  // namespace tidings::pipeline

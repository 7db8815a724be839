// What a site's robots.txt lets us read: pages are fetched under its rules (RFC 9309).
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::fetch {

// The rules of one robots.txt that are meant for us. Safe to read from many threads.
class RobotsRules {
 public:
  // Everything is allowed: what a site without the file says (RFC 9309 §2.3.1.3).
  RobotsRules() = default;

  // What a site says whose file cannot be read for now: nothing is allowed (§2.3.1.4).
  static RobotsRules none_allowed();

  // Reads the first 512 KiB (§2.5) in time linear in them; what is no line of the protocol is
  // passed over. `product` is our product token ("Tidings"): its groups count, merged, else those
  // of "*". At most 4,000 rules of at most 1,024 bytes are kept; one that is longer is passed over.
  static RobotsRules parse(std::string_view text, std::string_view product);

  // Whether `target`, a path with its query as in a request line, may be fetched: the longest rule
  // that matches decides, and Allow where two are equally long (§2.2.2). Escapes are compared by
  // what they stand for. Looks at the first 2,048 bytes.
  bool allows(std::string_view target) const;

  // Crawl-delay of our group, which the RFC leaves open; at most a minute.
  std::optional<std::chrono::milliseconds> crawl_delay() const { return crawl_delay_; }
  // Sitemap lines, as they stand; at most 100.
  const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    std::string pattern;  // normalized, '*' and a last '$' as they stand
    bool allow = false;
  };
  friend class RobotsReader;

  std::vector<Rule> rules_;
  std::optional<std::chrono::milliseconds> crawl_delay_;
  std::vector<std::string> sitemaps_;
};

}  // namespace tidings::fetch

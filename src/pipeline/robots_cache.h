// The robots.txt of each site that pages were asked of lately.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "core/time.h"
#include "fetch/pages.h"

namespace tidings::pipeline {

// One thread. At most 10,000 sites; the one that was read longest ago goes first.
class RobotsCache {
 public:
  // Null when the file has to be read (again): after a day, or after an hour where it was out of
  // reach (RFC 9309 §2.4 lets nobody keep it for longer).
  const fetch::RobotsAnswer* find(const std::string& site, Time now) const;
  void put(const std::string& site, fetch::RobotsAnswer answer, Time now);

  // When the next page of the site may be asked for, and books that moment: pages are as far apart
  // as its Crawl-delay says.
  Time book(const std::string& site, Time now);

  std::size_t size() const { return sites_.size(); }

 private:
  struct Site {
    fetch::RobotsAnswer answer;
    Time read_at{};
    Time free_at{};
  };
  std::unordered_map<std::string, Site> sites_;
};

}  // namespace tidings::pipeline

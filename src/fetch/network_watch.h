// Tells "this publisher does not answer" from "our network is away", so that nobody is blamed for
// the latter.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/time.h"

namespace tidings::fetch {

// Whether a failure with this code of HttpClient could be our network's.
bool may_be_our_network(std::string_view error_code);

// The network is away when publisher after publisher cannot be reached and none answers. It is back
// with the first that answers. Single-threaded; time is passed and must not go back.
class NetworkWatch {
 public:
  enum class Verdict {
    Publisher,  // others answer: it is that publisher's fault
    Unclear,    // wait for what others say, until doubt_ends()
    Network,
  };

  Verdict failed(const std::string& domain, Time now);
  // Any answer at all. True when the network was away.
  bool answered(Time now);

  bool is_away() const { return is_away_; }
  // When a failure at `at` counts as the publisher's, if nothing else is learned.
  static Time doubt_ends(Time at) { return at + std::chrono::seconds(5); }
  // While it is away only this often somebody is asked, to see whether it is back.
  static Duration probe_gap() { return std::chrono::seconds(5); }

 private:
  std::set<std::string> failed_;  // domains, since the last answer; a few are enough
  std::optional<Time> answered_at_;
  bool is_away_ = false;
};

}  // namespace tidings::fetch

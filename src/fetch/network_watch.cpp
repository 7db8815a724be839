#include "fetch/network_watch.h"

#include <utility>

namespace tidings::fetch {
namespace {

constexpr std::size_t kDomainsToBelieve = 5;
constexpr Duration kAnswerProves = std::chrono::seconds(10);

}  // namespace

bool may_be_our_network(std::string_view error_code) {
  return error_code == "dns_failed" || error_code == "connect_failed" || error_code == "timeout";
}

NetworkWatch::Verdict NetworkWatch::failed(const std::string& domain, Time now) {
  if (is_away_) return Verdict::Network;
  if (answered_at_ && now - *answered_at_ < kAnswerProves) return Verdict::Publisher;
  failed_.insert(domain);
  is_away_ = failed_.size() >= kDomainsToBelieve;
  return is_away_ ? Verdict::Network : Verdict::Unclear;
}

bool NetworkWatch::answered(Time now) {
  answered_at_ = now;
  failed_.clear();
  return std::exchange(is_away_, false);
}

}  // namespace tidings::fetch

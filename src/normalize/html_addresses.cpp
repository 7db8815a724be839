#include "normalize/html_addresses.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "core/strings.h"
#include "core/url.h"
#include "normalize/canonical_url.h"

namespace tidings::normalize {
namespace {

struct Player {
  std::string_view host, path_prefix;
  std::string_view written_host;  // empty: its own
};

constexpr Player kPlayers[] = {
    {"www.youtube-nocookie.com", "/embed/", ""},
    {"www.youtube.com", "/embed/", "www.youtube-nocookie.com"},
    {"youtube.com", "/embed/", "www.youtube-nocookie.com"},
    {"player.vimeo.com", "/video/", ""},
    {"www.dailymotion.com", "/embed/", ""},
    {"geo.dailymotion.com", "/player", ""},
    {"open.spotify.com", "/embed", ""},
    {"w.soundcloud.com", "/player/", ""},
    {"embed.podcasts.apple.com", "/", ""},
    {"bandcamp.com", "/EmbeddedPlayer/", ""},
};

// What would start a player by itself, or let it report to the page around it.
constexpr std::string_view kPlayerParametersDropped[] = {"autoplay", "auto_play", "enablejsapi",
                                                         "origin"};

constexpr std::string_view kTrackers[] = {
    "://pixel.wp.com/",         "://stats.wordpress.com/",         "://feeds.feedburner.com/~",
    ".feedsportal.com/",        "://b.scorecardresearch.com/",     "://sb.scorecardresearch.com/",
    "://pixel.quantserve.com/", "://www.google-analytics.com/",    ".doubleclick.net/",
    "://www.facebook.com/tr?",  "://feeds.wordpress.com/1.0/",     "://rss.feedsportal.com/",
    "://pi.feedsportal.com/",   "://counter.theconversation.com/", "://hits.blogsoft.org/",
};

std::string player_query(const std::string& query) {
  std::string kept;
  for (const std::string_view parameter : split(query, '&')) {
    const std::string_view name = parameter.substr(0, parameter.find('='));
    const bool is_dropped =
        std::any_of(std::begin(kPlayerParametersDropped), std::end(kPlayerParametersDropped),
                    [&](std::string_view dropped) { return iequals(name, dropped); });
    if (parameter.empty() || is_dropped) continue;
    if (!kept.empty()) kept += '&';
    kept += parameter;
  }
  return kept;
}

bool is_visible_ascii(char c) {
  return c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>';
}

}  // namespace

std::string web_address(BaseUrl& base, std::string_view reference) {
  if (trim(reference).empty()) return {};
  std::string address = base.resolve(reference);
  if (!address.starts_with("http://") && !address.starts_with("https://")) return {};
  return without_tracking(std::move(address));
}

std::string link_address(BaseUrl& base, std::string_view reference) {
  const std::string_view trimmed = trim(reference);
  if (!istarts_with(trimmed, "mailto:") && !istarts_with(trimmed, "tel:"))
    return web_address(base, reference);
  return std::all_of(trimmed.begin(), trimmed.end(), is_visible_ascii) ? std::string(trimmed)
                                                                       : std::string();
}

bool is_inline_image(std::string_view address) {
  constexpr std::size_t kBytesMax = std::size_t{32} * 1024;
  if (address.size() > kBytesMax) return false;
  for (const std::string_view prefix : {"data:image/png;base64,", "data:image/gif;base64,",
                                        "data:image/jpeg;base64,", "data:image/webp;base64,"}) {
    if (!address.starts_with(prefix)) continue;
    address.remove_prefix(prefix.size());
    return !address.empty() && std::all_of(address.begin(), address.end(), [](char c) {
      return is_alpha(c) || is_digit(c) || c == '+' || c == '/' || c == '=';
    });
  }
  return false;
}

bool is_tracker(std::string_view address) {
  return std::any_of(std::begin(kTrackers), std::end(kTrackers), [&](std::string_view tracker) {
    return address.find(tracker) != std::string_view::npos;
  });
}

std::string frame_address(BaseUrl& base, std::string_view reference) {
  Result<Url> url = parse_url(web_address(base, reference));
  if (!url || url->port != 0 || !url->user_info.empty()) return {};
  const auto player =
      std::find_if(std::begin(kPlayers), std::end(kPlayers), [&](const Player& candidate) {
        return url->host == candidate.host && url->path.starts_with(candidate.path_prefix);
      });
  if (player == std::end(kPlayers)) return {};
  url->scheme = "https";
  if (!player->written_host.empty()) url->host = player->written_host;
  url->query = player_query(url->query);
  url->has_query = !url->query.empty();
  url->fragment.clear();
  url->has_fragment = false;
  return url->to_string();
}

}  // namespace tidings::normalize

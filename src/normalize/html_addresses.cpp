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
    {"player.twitch.tv", "/", ""},
    {"clips.twitch.tv", "/embed", ""},
    {"embed.ted.com", "/talks/", ""},
    {"www.mixcloud.com", "/widget/", ""},
    {"player-widget.mixcloud.com", "/widget/", ""},
    {"widget.deezer.com", "/widget/", ""},
    {"archive.org", "/embed/", ""},
    {"player.bilibili.com", "/player.html", ""},
    {"www.arte.tv", "/embeds/", ""},
};

// What would start a player by itself, or let it report to the page around it.
constexpr std::string_view kPlayerParametersDropped[] = {"autoplay", "auto_play", "enablejsapi",
                                                         "origin"};

constexpr std::string_view kTrackers[] = {
    "://pixel.wp.com/",
    "://stats.wordpress.com/",
    "://stats.wp.com/",
    "://feeds.wordpress.com/1.0/",
    "://feeds.feedburner.com/~",
    "://feeds2.feedburner.com/~",
    ".doubleclick.net/",
    ".googlesyndication.com/",
    "://www.google-analytics.com/",
    "://www.googletagmanager.com/",
    ".feedsportal.com/",
    "scorecardresearch.com/",
    "pixel.quantserve.com/",
    "://www.facebook.com/tr?",
    "://www.facebook.com/tr/",
    "://counter.theconversation.com/",
    "://hits.blogsoft.org/",
    "://analytics.twitter.com/",
    "://t.co/i/adsct",
    "://px.ads.linkedin.com/",
    "://ct.pinterest.com/",
    "://bat.bing.com/",
    "://c.statcounter.com/",
    "://www.statcounter.com/counter/",
    ".amazon-adsystem.com/",
    "assoc-amazon.com/",
    "://ad.linksynergy.com/",
    "://www.awltovhc.com/",
    "://www.tqlkg.com/",
    "://www.lduhtrp.net/",
    "://tracking.feedpress.it/",
    "://tracking.feedpress.com/",
    "://feedpress.me/pixel/",
    "://rss.buysellads.com/",
    "://stats.buysellads.com/",
    "://pheedo.com/",
    ".pheedo.com/",
    ".moatads.com/",
    ".adnxs.com/",
    ".criteo.com/",
    ".criteo.net/",
    ".outbrain.com/",
    ".taboola.com/",
    ".chartbeat.net/",
    ".chartbeat.com/ping",
    ".hotjar.com/",
    ".omtrdc.net/",
    ".2o7.net/",
    ".imrworldwide.com/",
    ".ivwbox.de/",
    ".met.vgwort.de/",
    ".list-manage.com/track/",
    ".mailchimp.com/track/",
    "://track.hubspot.com/",
    "://medium.com/_/stat?",
    "://www.blogherads.com/",
    "://count.carrierzone.com/",
    "://whos.amung.us/",
    "/piwik.php?",
    "/matomo.php?",
    "://mc.yandex.ru/",
    "://counter.yadro.ru/",
    "://top-fwz1.mail.ru/",
    "://hm.baidu.com/",
};

// Files that stand in for an image that comes late, without their extension.
constexpr std::string_view kBlankNames[] = {
    "1x1",         "blank",  "clear",       "clear-dot", "dot_clear",        "empty",
    "grey",        "lazy",   "lazyload",    "lazy-load", "loading",          "pixel",
    "placeholder", "spacer", "transparent", "trans",     "lazy-placeholder", "image-placeholder",
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

// A GIF or PNG of one pixel by one, by its first bytes in base64.
bool is_single_pixel(std::string_view base64) {
  return base64.starts_with("R0lGODlhAQABA") || base64.starts_with("R0lGODdhAQABA") ||
         base64.starts_with("iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB");
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
    if (is_single_pixel(address)) return false;
    return !address.empty() && std::all_of(address.begin(), address.end(), [](char c) {
      return is_alpha(c) || is_digit(c) || c == '+' || c == '/' || c == '=';
    });
  }
  return false;
}

bool is_blank_image(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  address.remove_prefix(std::min(address.rfind('/') + 1, address.size()));
  const std::string name = to_lower(address.substr(0, address.rfind('.')));
  return std::find(std::begin(kBlankNames), std::end(kBlankNames), name) != std::end(kBlankNames);
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

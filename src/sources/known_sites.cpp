#include "sources/known_sites.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/strings.h"
#include "core/url.h"

namespace tidings::sources {
namespace {

// An address, taken apart for the rules.
struct Place {
  std::string origin;              // "https://github.com"
  std::string host;                // without "www.", "m." and the like
  std::vector<std::string> parts;  // of the path
  std::string query;

  std::size_t size() const { return parts.size(); }
  // Empty beyond the end.
  std::string part(std::size_t at) const { return at < parts.size() ? parts[at] : std::string(); }
  bool begins(std::string_view first) const { return !parts.empty() && parts[0] == first; }
  std::string path(std::size_t count) const {
    std::string text;
    for (std::size_t i = 0; i < std::min(count, parts.size()); ++i) text += "/" + parts[i];
    return text;
  }
  // Still encoded; empty when absent.
  std::string parameter(std::string_view name) const {
    for (const std::string_view pair : split(query, '&')) {
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name)
        return std::string(pair.substr(equals + 1));
    }
    return {};
  }
  std::string with_query(const std::string& text) const {
    return query.empty() ? text : text + "?" + query;
  }
};

using Feeds = std::vector<KnownFeed>;

Feeds youtube(const Place& place) {
  const std::string base = "https://www.youtube.com/feeds/videos.xml?";
  if (const std::string list = place.parameter("list"); !list.empty())
    return {{base + "playlist_id=" + list, "playlist"}};
  if (place.begins("channel") && place.part(1).starts_with("UC"))
    return {{base + "channel_id=" + place.part(1), "videos"}};
  if (place.begins("user") && place.size() > 1) return {{base + "user=" + place.part(1), "videos"}};
  return {};
}

bool is_github_page(std::string_view first) {
  constexpr std::array<std::string_view, 22> kPages = {
      "about",      "apps",        "collections", "contact",       "customer-stories",
      "enterprise", "events",      "explore",     "features",      "issues",
      "login",      "marketplace", "new",         "notifications", "orgs",
      "pricing",    "pulls",       "search",      "settings",      "signup",
      "sponsors",   "topics"};
  return std::find(kPages.begin(), kPages.end(), first) != kPages.end() || first == "trending";
}

Feeds github(const Place& place) {
  if (place.begins("orgs") && place.size() > 1)
    return {{place.origin + "/" + place.part(1) + ".atom", "activity"}};
  if (place.size() == 0 || is_github_page(place.part(0))) return {};
  if (place.size() == 1) return {{place.origin + place.path(1) + ".atom", "activity"}};
  std::string repository = place.origin + place.path(2);
  if (repository.ends_with(".git")) repository.resize(repository.size() - 4);
  const std::string what = place.part(2);
  if (what == "commits" && place.size() > 3) {
    std::string commits = repository;
    for (std::size_t i = 2; i < place.size(); ++i) commits += "/" + place.part(i);
    return {{commits + ".atom", "commits"}};
  }
  if (what == "tags" || what == "commits" || what == "discussions" || what == "wiki")
    return {{repository + "/" + what + ".atom", what}};
  return {{repository + "/releases.atom", "releases"},
          {repository + "/tags.atom", "tags"},
          {repository + "/commits.atom", "commits"}};
}

Feeds gitlab(const Place& place) {
  if (place.size() == 1) return {{place.origin + place.path(1) + ".atom", "activity"}};
  const auto dash = std::find(place.parts.begin(), place.parts.end(), "-");
  const std::string project =
      place.origin + place.path(static_cast<std::size_t>(dash - place.parts.begin()));
  if (place.size() < 2) return {};
  return {{project + "/-/releases.atom", "releases"},
          {project + "/-/tags?format=atom", "tags"},
          {project + ".atom", "activity"}};
}

Feeds codeberg(const Place& place) {
  if (place.size() == 0 || place.begins("explore")) return {};
  if (place.size() == 1) return {{place.origin + place.path(1) + ".rss", "activity"}};
  return {{place.origin + place.path(2) + "/releases.rss", "releases"},
          {place.origin + place.path(2) + ".rss", "activity"}};
}

Feeds reddit(const Place& place) {
  const std::string base = "https://www.reddit.com";
  if (place.size() == 0) return {{base + "/.rss", "front page"}};
  if (place.parts.back() == "search")
    return {{place.with_query(base + place.path(place.size()) + ".rss"), "search"}};
  if (place.begins("r") && place.part(2) == "comments")
    return {{base + place.path(4) + "/.rss", "comments"}};
  if (place.begins("u") && place.size() > 1)
    return {{base + "/user/" + place.part(1) + "/.rss", place.part(1)}};
  const bool is_listing = place.begins("r") || place.begins("user") || place.begins("domain");
  if (!is_listing || place.size() < 2) return {};
  return {{place.with_query(base + place.path(place.size()) + "/.rss"), place.part(1)}};
}

Feeds medium(const Place& place) {
  if (place.host != "medium.com") return {{place.origin + "/feed", ""}};
  if (place.begins("tag") && place.size() > 1)
    return {{place.origin + "/feed/tag/" + place.part(1), place.part(1)}};
  if (place.size() == 0 || place.begins("m") || place.begins("search") || place.begins("feed"))
    return {};
  return {{place.origin + "/feed/" + place.part(0), place.part(0)}};
}

Feeds substack(const Place& place) {
  if (place.host == "substack.com") return {};
  return {{place.origin + "/feed", ""}};
}

Feeds tumblr(const Place& place) {
  std::string blog = place.origin;
  std::size_t at = 0;
  if (place.host == "tumblr.com") {
    if (place.size() == 0 || place.begins("explore") || place.begins("search")) return {};
    const std::size_t name = place.begins("blog") ? 1 : 0;
    blog = "https://" + place.part(name) + ".tumblr.com";
    at = name + 1;
  }
  if (place.part(at) == "tagged" && place.size() > at + 1)
    return {{blog + "/tagged/" + place.part(at + 1) + "/rss", place.part(at + 1)}};
  return {{blog + "/rss", ""}};
}

Feeds wordpress(const Place& place) {
  if (place.host == "wordpress.com") return {};
  const bool is_archive = place.begins("category") || place.begins("tag") || place.begins("author");
  if (is_archive && place.size() > 1)
    return {{place.origin + place.path(place.size()) + "/feed/", place.parts.back()}};
  return {{place.origin + "/feed/", ""}};
}

Feeds blogger(const Place& place) {
  const std::string feed = place.origin + "/feeds/posts/default";
  if (place.begins("search") && place.part(1) == "label" && place.size() > 2)
    return {{feed + "/-/" + place.part(2), place.part(2)}};
  return {{feed, ""}};
}

Feeds vimeo(const Place& place) {
  if (place.size() == 0 || place.part(0).find_first_not_of("0123456789") == std::string::npos)
    return {};
  const bool is_list = place.begins("channels") || place.begins("groups");
  const std::size_t count = is_list ? 2 : 1;
  if (place.size() < count) return {};
  return {{place.origin + place.path(count) + "/videos/rss", "videos"}};
}

Feeds bluesky(const Place& place) {
  if (!place.begins("profile") || place.size() < 2) return {};
  return {{place.origin + place.path(2) + "/rss", place.part(1)}};
}

Feeds hacker_news(const Place& place) {
  return {{place.origin + "/rss", "front page"}};
}

Feeds lobsters(const Place& place) {
  if (place.begins("t") && place.size() > 1)
    return {{place.origin + place.path(2) + ".rss", place.part(1)}};
  return {{place.origin + "/rss", ""}};
}

Feeds stack_exchange(const Place& place) {
  const std::string feeds = place.origin + "/feeds";
  if (place.begins("questions") && place.part(1) == "tagged" && place.size() > 2)
    return {{feeds + "/tag/" + place.part(2), place.part(2)}};
  const std::string id = place.part(1);
  const bool is_number = !id.empty() && std::all_of(id.begin(), id.end(), is_digit);
  if (place.begins("questions") && is_number) return {{feeds + "/question/" + id, "answers"}};
  if (place.begins("users") && is_number) return {{feeds + "/user/" + id, "activity"}};
  return {{feeds, "questions"}};
}

Feeds google_news(const Place& place) {
  if (place.begins("rss")) return {};
  if (place.begins("topics") || place.begins("search"))
    return {{place.with_query(place.origin + "/rss" + place.path(place.size())), place.part(0)}};
  return {{place.with_query(place.origin + "/rss"), "top stories"}};
}

Feeds dev_to(const Place& place) {
  if (place.begins("t") && place.size() > 1)
    return {{place.origin + "/feed/tag/" + place.part(1), place.part(1)}};
  if (place.size() == 0) return {{place.origin + "/feed", ""}};
  return {{place.origin + "/feed/" + place.part(0), place.part(0)}};
}

Feeds arxiv(const Place& place) {
  if (!place.begins("list") || place.size() < 2) return {};
  return {{"https://rss.arxiv.org/rss/" + place.part(1), place.part(1)}};
}

Feeds wikipedia(const Place& place) {
  if (!place.begins("wiki") || place.size() < 2) return {};
  return {{place.origin + "/w/index.php?title=" + place.part(1) + "&action=history&feed=atom",
           "edits"}};
}

Feeds pinterest(const Place& place) {
  if (place.size() == 1) return {{place.origin + place.path(1) + "/feed.rss", place.part(0)}};
  if (place.size() == 2 && !place.begins("pin"))
    return {{place.origin + place.path(2) + ".rss", place.part(1)}};
  return {};
}

Feeds dailymotion(const Place& place) {
  if (place.size() != 1) return {};
  return {{place.origin + "/rss/user/" + place.part(0), place.part(0)}};
}

Feeds letterboxd(const Place& place) {
  if (place.size() != 1) return {};
  return {{place.origin + place.path(1) + "/rss/", place.part(0)}};
}

struct Site {
  std::string_view host;
  bool with_subdomains;
  Feeds (*feeds)(const Place&);
};

constexpr std::array<Site, 32> kSites = {{
    {"youtube.com", false, youtube},
    {"github.com", false, github},
    {"gitlab.com", false, gitlab},
    {"codeberg.org", false, codeberg},
    {"reddit.com", false, reddit},
    {"medium.com", true, medium},
    {"substack.com", true, substack},
    {"tumblr.com", true, tumblr},
    {"wordpress.com", true, wordpress},
    {"vimeo.com", false, vimeo},
    {"bsky.app", false, bluesky},
    {"news.ycombinator.com", false, hacker_news},
    {"lobste.rs", false, lobsters},
    {"stackexchange.com", true, stack_exchange},
    {"stackoverflow.com", true, stack_exchange},
    {"superuser.com", false, stack_exchange},
    {"serverfault.com", false, stack_exchange},
    {"askubuntu.com", false, stack_exchange},
    {"mathoverflow.net", false, stack_exchange},
    {"news.google.com", false, google_news},
    {"dev.to", false, dev_to},
    {"arxiv.org", false, arxiv},
    {"wikipedia.org", true, wikipedia},
    {"pinterest.com", false, pinterest},
    {"dailymotion.com", false, dailymotion},
    {"letterboxd.com", false, letterboxd},
    // Their pages name what there is; the rules by path would only guess wrong.
    {"soundcloud.com", false, nullptr},
    {"tiktok.com", false, nullptr},
    {"threads.net", false, nullptr},
    {"instagram.com", false, nullptr},
    {"facebook.com", false, nullptr},
    {"x.com", false, nullptr},
}};

// "https://mastodon.example/@ann", "/@ann@other.example", "/@ann/tagged/x", "/users/ann",
// "/tags/x".
Feeds mastodon(const Place& place) {
  const std::string name = place.part(0);
  if (name.starts_with('@') && name.size() > 1) {
    if (const std::size_t at = name.find('@', 1); at != std::string::npos)
      return {{"https://" + name.substr(at + 1) + "/" + name.substr(0, at) + ".rss", name}};
    const bool is_tagged = place.part(1) == "tagged" && place.size() == 3;
    return {{place.origin + place.path(is_tagged ? 3 : 1) + ".rss", name}};
  }
  if (place.size() == 2 && (name == "users" || name == "tags"))
    return {{place.origin + place.path(2) + ".rss", place.part(1)}};
  return {};
}

// "https://lemmy.example/c/world", "/u/ann"
Feeds lemmy(const Place& place) {
  if (place.size() != 2 || (!place.begins("c") && !place.begins("u"))) return {};
  return {{place.origin + "/feeds" + place.path(2) + ".xml?sort=New", place.part(1)}};
}

bool is_blogger(std::string_view host) {
  const std::size_t at = host.find(".blogspot.");
  return at != std::string_view::npos && at > 0;
}

std::optional<Place> place_of(std::string_view address) {
  const Result<Url> url = parse_url(address);
  if (!url) return std::nullopt;
  Place place{.query = url->query};
  place.host = url->host;
  for (const std::string_view common : {"www.", "m.", "old.", "new.", "np."}) {
    if (place.host.starts_with(common) && place.host.size() > common.size() + 3)
      place.host.erase(0, common.size());
  }
  place.origin = url->scheme + "://" + url->host;
  if (url->port != 0) place.origin += ":" + std::to_string(url->port);
  for (const std::string_view part : split(url->path, '/')) {
    if (!part.empty()) place.parts.emplace_back(part);
  }
  return place;
}

bool is_of(std::string_view host, const Site& site) {
  if (host == site.host) return true;
  return site.with_subdomains && host.size() > site.host.size() + 1 && host.ends_with(site.host) &&
         host[host.size() - site.host.size() - 1] == '.';
}

const Site* site_of(std::string_view host) {
  const auto* const site = std::find_if(kSites.begin(), kSites.end(),
                                        [host](const Site& one) { return is_of(host, one); });
  return site == kSites.end() ? nullptr : site;
}

// What stands in `text` behind `mark`, as long as its signs are of `signs`; at least `size_min`.
std::string behind(std::string_view text, std::string_view mark, std::string_view signs,
                   std::size_t size_min) {
  for (std::size_t at = text.find(mark); at != std::string_view::npos;
       at = text.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size();
    const std::size_t end = std::min(text.find_first_not_of(signs, begin), text.size());
    if (end - begin >= size_min && end - begin <= 100)
      return std::string(text.substr(begin, end - begin));
  }
  return {};
}

}  // namespace

std::vector<KnownFeed> known_feeds(std::string_view address) {
  const std::optional<Place> place = place_of(address);
  if (!place) return {};
  if (const Site* site = site_of(place->host))
    return site->feeds == nullptr ? Feeds() : site->feeds(*place);
  if (is_blogger(place->host)) return blogger(*place);
  Feeds feeds = mastodon(*place);
  return feeds.empty() ? lemmy(*place) : feeds;
}

std::vector<KnownFeed> known_feeds_in_page(std::string_view address, std::string_view html) {
  constexpr std::string_view kIdSigns =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  constexpr std::size_t kChannelSize = 22;  // behind "UC"
  const std::optional<Place> place = place_of(address);
  if (!place) return {};
  if (place->host == "youtube.com") {
    for (const char* mark : {"rel=\"canonical\" href=\"https://www.youtube.com/channel/UC",
                             "\"externalId\":\"UC", "\"channelId\":\"UC"}) {
      const std::string id = behind(html, mark, kIdSigns, kChannelSize);
      if (!id.empty())
        return {{"https://www.youtube.com/feeds/videos.xml?channel_id=UC" + id, "videos"}};
    }
  }
  if (place->host == "soundcloud.com") {
    for (const char* mark : {"soundcloud://users:", "soundcloud:users:"}) {
      const std::string id = behind(html, mark, "0123456789", 1);
      if (!id.empty()) {
        return {{"https://feeds.soundcloud.com/users/soundcloud:users:" + id + "/sounds.rss",
                 "sounds"}};
      }
    }
  }
  return {};
}

}  // namespace tidings::sources

#include "pipeline/feed_discovery.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "core/compression.h"
#include "core/strings.h"
#include "core/url.h"
#include "fetch/robots.h"
#include "normalize/discover_feeds.h"
#include "parse/parse.h"
#include "sources/known_sites.h"
#include "text/html_entities.h"

namespace tidings::pipeline {
namespace {

constexpr std::array<std::string_view, 9> kWellKnownPaths = {
    "/feed",      "/rss.xml", "/feed.xml",  "/atom.xml",
    "/index.xml", "/rss",     "/feed.json", "/feeds/posts/default",
    "/?feed=rss2"};

bool is_about_comments(std::string_view url, std::string_view title) {
  return to_lower(url).find("comments") != std::string::npos ||
         to_lower(title).find("comments on") != std::string::npos ||
         to_lower(title).starts_with("comments");
}

// Sitemaps are often served as the gzip files that they are.
std::string unpacked(const std::string& body) {
  constexpr std::size_t kSitemapBytesMax = 15'000'000;
  if (!is_gzip(body)) return body;
  Result<std::string> xml = decompress(body, Compression::Gzip, kSitemapBytesMax);
  return xml ? *std::move(xml) : std::string();
}

// The addresses in a sitemap of sitemaps.
std::vector<std::string> locations(std::string_view xml) {
  constexpr std::size_t kLocationsMax = 500;
  std::vector<std::string> found;
  for (std::size_t at = xml.find("<loc>");
       at != std::string_view::npos && found.size() < kLocationsMax;
       at = xml.find("<loc>", at + 1)) {
    const std::size_t end = xml.find('<', at + 5);
    if (end == std::string_view::npos) break;
    found.push_back(text::decode_entities(trim(xml.substr(at + 5, end - at - 5))));
  }
  return found;
}

bool sounds_like_news(std::string_view url) {
  return to_lower(url).find("news") != std::string::npos;
}

}  // namespace

std::string_view to_string(FoundFeed::By by) {
  switch (by) {
    case FoundFeed::By::Address:
      return "address";
    case FoundFeed::By::Page:
      return "page";
    case FoundFeed::By::WellKnown:
      return "well_known";
    case FoundFeed::By::Sitemap:
      return "sitemap";
  }
  return "unknown";
}

FeedDiscovery::FeedDiscovery(std::string address) : address_(std::move(address)) {
  if (const Result<Url> url = parse_url(address_)) {
    site_ = registrable_domain(url->host);
    origin_ = url->scheme + "://" + url->host +
              (url->port != 0 ? ":" + std::to_string(url->port) : std::string());
  }
  for (const sources::KnownFeed& feed : sources::known_feeds(address_))
    ask(feed.url, Purpose::Known, feed.title);
}

void FeedDiscovery::ask(std::string url, Purpose purpose, std::string title) {
  if (!parse_url(url) || !seen_.insert(url).second) return;
  questions_.push_back({.url = std::move(url), .title = std::move(title), .purpose = purpose});
}

std::optional<std::string> FeedDiscovery::next() {
  while (questions_.empty() && stage_ != Purpose::Sitemap) go_on();
  if (questions_.empty() || requests_ == kRequestsMax) return std::nullopt;
  ++requests_;
  asked_ = std::move(questions_.front());
  questions_.pop_front();
  return asked_.url;
}

// To the next stage, which begins only where those before found nothing.
void FeedDiscovery::go_on() {
  if (!found_.empty()) {
    stage_ = Purpose::Sitemap;
    return;
  }
  switch (stage_) {
    case Purpose::Known:
      stage_ = Purpose::Page;
      seen_.erase(address_);
      return ask(address_, Purpose::Page);
    case Purpose::Page:
    case Purpose::Named:
      stage_ = Purpose::WellKnown;
      return ask_well_known();
    case Purpose::WellKnown:
      stage_ = Purpose::Robots;
      return ask(origin_ + "/robots.txt", Purpose::Robots);
    case Purpose::Robots:
    case Purpose::SitemapIndex:
    case Purpose::Sitemap:
      stage_ = Purpose::Sitemap;
  }
}

// Below the page's own path first, where it has one: many a blog is a part of a site.
void FeedDiscovery::ask_well_known() {
  const Result<Url> url = parse_url(address_);
  if (!url) return;
  const std::size_t slash = url->path.rfind('/');
  const std::string folder = url->path.substr(0, slash == std::string::npos ? 0 : slash);
  if (!folder.empty()) {
    ask(origin_ + folder + "/feed", Purpose::WellKnown);
    ask(origin_ + folder + "/rss.xml", Purpose::WellKnown);
  }
  for (const std::string_view path : kWellKnownPaths)
    ask(origin_ + std::string(path), Purpose::WellKnown);
}

void FeedDiscovery::take(const Result<HttpResponse>& answer) {
  const Question question = std::exchange(asked_, {});
  const bool is_told = question.purpose == Purpose::Page || question.purpose == Purpose::Named ||
                       question.purpose == Purpose::Known;
  // A host that cannot be reached is not asked for more.
  if (!answer && question.purpose == Purpose::Page) stage_ = Purpose::Sitemap;
  if (!answer || answer->status != 200) {
    if (is_told) {
      failures_.push_back(answer ? fmt::format("{} answered {}", question.url, answer->status)
                                 : answer.error().message);
    }
    return;
  }
  if (question.purpose == Purpose::Robots) return take_robots(answer->body);
  if (question.purpose == Purpose::SitemapIndex) {
    const std::string xml = unpacked(answer->body);
    if (xml.find("<sitemapindex") != std::string::npos) return take_sitemap_index(xml);
  }
  if (take_feed(*answer, question)) {
    // One well-known path that answers is enough: others are its copies.
    if (question.purpose == Purpose::WellKnown) questions_.clear();
    return;
  }
  if (question.purpose == Purpose::Page) return take_page(*answer);
  if (is_told) failures_.push_back(question.url + " is not a feed");
}

bool FeedDiscovery::take_feed(const HttpResponse& response, const Question& question) {
  const Result<FeedDocument> document =
      parse::parse_feed({.bytes = response.body,
                         .content_type = header(response.headers, "Content-Type"),
                         .url = response.url});
  if (!document) return false;
  const Result<Url> url = parse_url(response.url);
  FoundFeed feed{.url = response.url,
                 .title = document->feed.title.empty() ? question.title : document->feed.title,
                 .format = document->format_name,
                 .entries = document->feed.entries.size()};
  feed.by = question.purpose == Purpose::Known       ? FoundFeed::By::Address
            : question.purpose == Purpose::WellKnown ? FoundFeed::By::WellKnown
            : question.purpose == Purpose::Page || question.purpose == Purpose::Named
                ? FoundFeed::By::Page
                : FoundFeed::By::Sitemap;
  feed.is_own = url && registrable_domain(url->host) == site_;
  feed.is_comments = is_about_comments(feed.url, feed.title);
  const bool is_known = std::any_of(found_.begin(), found_.end(),
                                    [&feed](const FoundFeed& one) { return one.url == feed.url; });
  if (!is_known) found_.push_back(std::move(feed));
  return true;
}

void FeedDiscovery::take_page(const HttpResponse& response) {
  stage_ = Purpose::Named;
  if (const Result<Url> url = parse_url(response.url)) site_ = registrable_domain(url->host);
  // Where the address led may say what the address itself did not.
  if (response.url != address_) {
    for (const sources::KnownFeed& feed : sources::known_feeds(response.url))
      ask(feed.url, Purpose::Known, feed.title);
  }
  std::size_t named = 0;
  for (normalize::DiscoveredFeed& feed : normalize::discover_feeds(response.body, response.url)) {
    if (named++ == kNamedMax) break;
    ask(std::move(feed.url), Purpose::Named, std::move(feed.title));
  }
  if (named > 0) return;
  for (const sources::KnownFeed& feed : sources::known_feeds_in_page(response.url, response.body))
    ask(feed.url, Purpose::Named, feed.title);
}

void FeedDiscovery::take_robots(std::string_view text) {
  constexpr std::size_t kSitemapsMax = 4;
  std::vector<std::string> sitemaps;
  const fetch::RobotsRules rules = fetch::RobotsRules::parse(text, "Tidings");
  for (const bool of_news : {true, false}) {
    for (const std::string& sitemap : rules.sitemaps()) {
      if (sounds_like_news(sitemap) == of_news) sitemaps.push_back(sitemap);
    }
  }
  if (sitemaps.size() > kSitemapsMax) sitemaps.resize(kSitemapsMax);
  for (std::string& sitemap : sitemaps) ask(std::move(sitemap), Purpose::SitemapIndex);
}

void FeedDiscovery::take_sitemap_index(std::string_view xml) {
  constexpr std::size_t kNewsMax = 2;
  std::size_t count = 0;
  for (std::string& url : locations(xml)) {
    if (!sounds_like_news(url) || count++ == kNewsMax) continue;
    ask(std::move(url), Purpose::Sitemap);
  }
}

std::vector<FoundFeed> FeedDiscovery::found() const {
  std::vector<std::size_t> places(found_.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::ranges::sort(places, {}, [this](std::size_t place) {
    const FoundFeed& feed = found_[place];
    return std::tuple(feed.is_comments, feed.entries == 0, !feed.is_own, place);
  });
  std::vector<FoundFeed> ranked;
  ranked.reserve(places.size());
  for (const std::size_t place : places) ranked.push_back(found_[place]);
  return ranked;
}

std::string FeedDiscovery::reason() const {
  if (failures_.empty())
    return address_ + " names no feeds, and none is where feeds are used to be";
  constexpr std::size_t kToldMax = 4;
  std::vector<std::string> told(
      failures_.begin(),
      failures_.begin() + static_cast<std::ptrdiff_t>(std::min(failures_.size(), kToldMax)));
  return "no feeds were found: " + join(told, "; ");
}

}  // namespace tidings::pipeline

#include "tests/support/publisher/publisher.h"

#include <algorithm>
#include <utility>

#include "core/check.h"
#include "core/hash.h"
#include "core/json_writer.h"
#include "core/strings.h"
#include "core/xml_text.h"
#include "tests/support/publisher/feed_folder.h"

namespace tidings::publisher {
namespace {

constexpr std::size_t kSeenMax = 1000;
constexpr std::string_view kFeedPath = "/feed";

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  return !etag.empty() &&
         (if_none_match.find(etag) != std::string_view::npos || if_none_match == "*");
}

// RFC 9110 §13.1: If-Modified-Since counts only without If-None-Match.
bool is_unmodified(const Request& request, const Behavior& behavior) {
  if (behavior.status != 200) return false;
  if (!request.if_none_match.empty()) return matches_etag(request.if_none_match, behavior.etag);
  if (request.if_modified_since.empty() || behavior.last_modified.empty()) return false;
  if (request.if_modified_since == behavior.last_modified) return true;
  const auto asked = parse_http_date(request.if_modified_since);
  const auto modified = parse_http_date(behavior.last_modified);
  return asked && modified && *asked >= *modified;
}

void fill_pieces(Reply& reply, const Behavior& behavior) {
  using Ending = Behavior::Ending;
  reply.head = reply.body = {};
  reply.pieces = &behavior.pieces;
  reply.close_after = behavior.ending == Ending::Close;
  reply.reset_after = behavior.ending == Ending::Reset;
  reply.stall_after = behavior.ending == Ending::Stall;
  if (!behavior.drips) return;
  reply.pause = behavior.pause;
  reply.bytes_per_pause = behavior.bytes_per_pause;
  reply.bytes_before_pauses = behavior.bytes_before_pauses;
}

void fill(Reply& reply, const Request& request, const Page& page) {
  const Behavior& behavior = page.behavior;
  using Manner = Behavior::Manner;
  reply.delay = behavior.delay;
  reply.close_after = behavior.close;
  reply.head = page.head;
  reply.body = behavior.body;
  if (is_unmodified(request, behavior)) {
    reply.head = page.head_not_modified;
    reply.body = {};
    return;
  }
  switch (behavior.manner) {
    case Manner::Complete:
      if (!page.body_gzip.empty() &&
          request.accept_encoding.find("gzip") != std::string_view::npos) {
        reply.head = page.head_gzip;
        reply.body = page.body_gzip;
      }
      return;
    case Manner::Trickle:
      reply.pause = behavior.pause;
      reply.bytes_per_pause = behavior.bytes_per_pause;
      return;
    case Manner::Stall:
      reply.head = reply.body = {};
      reply.stall_after = true;
      return;
    case Manner::StallInBody:
      reply.body = reply.body.substr(0, reply.body.size() / 2);
      reply.stall_after = true;
      return;
    case Manner::Truncate:
      reply.body = reply.body.substr(0, reply.body.size() / 2);
      reply.close_after = true;
      return;
    case Manner::CloseEarly:
      reply.head = reply.body = {};
      reply.close_after = true;
      return;
    case Manner::Garbage:
      reply.head = "\x16\x03\x01 these are bytes, not an answer \xFF\xFE\r\n\r\n";
      reply.body = {};
      reply.close_after = true;
      return;
    case Manner::EndlessBody:
      reply.body = {};
      reply.endless = page.chunk;
      return;
    case Manner::EndlessHeaders:
      reply.head = reply.head.substr(0, reply.head.size() - 2);  // without the blank line
      reply.body = {};
      reply.endless = "X-Again: and again and again\r\n";
      return;
    case Manner::Raw:
      reply.head = {};
      reply.close_after = true;
      return;
    case Manner::Pieces:
      return fill_pieces(reply, behavior);
    case Manner::EndlessLine:
      reply.head = "HTTP/1.1 200 OK\r\nX-Again: ";
      reply.body = {};
      reply.endless = "and again ";
      return;
  }
}

std::string quoted_hash(std::string_view bytes) {
  return "\"" + sha256_hex(bytes).substr(0, 20) + "\"";
}

std::string_view path_of(std::string_view target) {
  return target.substr(0, target.find('?'));
}

std::string_view query_value(std::string_view target, std::string_view name) {
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return {};
  for (const std::string_view part : split(target.substr(mark + 1), '&')) {
    if (part.starts_with(name) && part.substr(name.size()).starts_with('='))
      return part.substr(name.size() + 1);
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Publisher>> Publisher::start(PublisherSettings settings,
                                                    const Clock& clock) {
  std::unique_ptr<Publisher> publisher(new Publisher(std::move(settings), clock));
  TRY(publisher->open());
  return publisher;
}

Result<std::unique_ptr<Publisher>> Publisher::start(PublisherSettings settings) {
  static const SystemClock clock;
  return start(std::move(settings), clock);
}

Publisher::Publisher(PublisherSettings settings, const Clock& clock)
    : settings_(std::move(settings)), clock_(clock), began_(clock.now()) {}

Publisher::~Publisher() = default;

Result<void> Publisher::open() {
  if (!settings_.folder.empty()) publish_folder(TRY(read_feed_folder(settings_.folder)));
  if (!settings_.stories.empty()) played_ = TRY(read_played_feeds(settings_.stories));
  publish_generated();
  publish_played();
  if (settings_.tls) tls_ = TRY(TlsAcceptor::make());
  server_ = TRY(HttpServer::start(
      {.address = settings_.address, .port = settings_.port, .tls = tls_.get()}, *this));
  return {};
}

void Publisher::publish_folder(std::vector<FeedFile> files) {
  const std::string modified = format_http_date(began_);
  for (FeedFile& file : files) {
    Behavior behavior = feed(std::move(file.body), file.content_type);
    behavior.etag = quoted_hash(behavior.body);
    behavior.last_modified = modified;
    behavior.gzip = settings_.gzip;
    add(file.host, kFeedPath, std::move(behavior));
    listed_.push_back({.url = "http://" + file.host + std::string(kFeedPath),
                       .title = file.title,
                       .fragment = file.fragment});
  }
}

void Publisher::publish_generated() {
  MutexLock lock(mutex_);
  for (std::size_t i = 0; i < settings_.generated.feeds; ++i) {
    const std::string name = generated_host(i);
    Host& host = hosts_[static_cast<std::size_t>(host_number(name))];
    host.generated = static_cast<std::int64_t>(i);
    host.published = published_count(settings_.generated, i, began_, now());
    host.pages = {{std::string(kFeedPath), {live_page(host, host.published)}}};
    listed_.push_back({.url = "http://" + name + std::string(kFeedPath),
                       .title = "Generated " + std::to_string(i)});
  }
}

void Publisher::publish_played() {
  MutexLock lock(mutex_);
  for (std::size_t i = 0; i < played_.size(); ++i) {
    const PlayedFeed& feed = played_[i];
    Host& host = hosts_[static_cast<std::size_t>(host_number(feed.host))];
    host.played = static_cast<std::int64_t>(i);
    host.published = played_count(feed, now());
    host.pages = {{std::string(kFeedPath), {live_page(host, host.published)}}};
    listed_.push_back({.url = "http://" + feed.host + std::string(kFeedPath), .title = feed.title});
  }
}

// A generated or played feed's page, made again when something was published since.
void Publisher::refresh_live_page(Host& host) {
  if (host.generated < 0 && host.played < 0) return;
  const std::uint64_t published =
      host.played >= 0 ? played_count(played_[static_cast<std::size_t>(host.played)], now())
                       : published_count(settings_.generated,
                                         static_cast<std::size_t>(host.generated), began_, now());
  if (published == host.published) return;
  host.published = published;
  std::erase_if(host.pages, [](const PathPages& pages) { return pages.path == kFeedPath; });
  host.pages.push_back({std::string(kFeedPath), {live_page(host, published)}});
}

Publisher::SharedPage Publisher::live_page(const Host& host, std::uint64_t published) const {
  Behavior behavior;
  if (host.played >= 0) {
    FeedText text = play(played_[static_cast<std::size_t>(host.played)], published);
    behavior = feed(std::move(text.body), std::string(text.content_type));
    behavior.etag = quoted_hash(behavior.body);
  } else {
    const auto number = static_cast<std::size_t>(host.generated);
    GeneratedDocument document = generate(settings_.generated, number, began_, published);
    behavior = feed(std::move(document.body), std::string(document.content_type));
    behavior.etag = "\"" + std::to_string(settings_.generated.seed) + "-" + std::to_string(number) +
                    "-" + std::to_string(published) + "\"";
    behavior.last_modified = format_http_date(document.newest);
  }
  behavior.gzip = settings_.gzip;
  return std::make_shared<const Page>(make_page(std::move(behavior)));
}

curl::HostOverride Publisher::host_override() const {
  return {.suffix = ".test", .address = settings_.address + ":" + std::to_string(port())};
}

curl::CurlSettings Publisher::client_settings() const {
  const Result<IpRange> loopback = parse_ip_range("127.0.0.0/8");
  CHECK(loopback);
  curl::CurlSettings settings{.policy = AddressPolicy({*loopback}), .overrides = {host_override()}};
  if (tls_) settings.ca_bundle = tls_->bundle();
  return settings;
}

void Publisher::add(std::string_view host, std::string_view path, Behavior behavior) {
  std::vector<Behavior> alone;
  alone.push_back(std::move(behavior));
  add_in_turn(host, path, std::move(alone));
}

void Publisher::add_in_turn(std::string_view host, std::string_view path,
                            std::vector<Behavior> behaviors) {
  CHECK(!behaviors.empty());
  PathPages fresh{.path = std::string(path)};
  for (Behavior& behavior : behaviors)
    fresh.in_turn.push_back(std::make_shared<const Page>(make_page(std::move(behavior))));
  MutexLock lock(mutex_);
  auto& pages = hosts_[static_cast<std::size_t>(host_number(host))].pages;
  std::erase_if(pages, [path](const PathPages& known) { return known.path == path; });
  pages.push_back(std::move(fresh));
}

std::int64_t Publisher::requests() const {
  MutexLock lock(mutex_);
  std::int64_t sum = 0;
  for (const Host& host : hosts_) sum += host.requests;
  return sum;
}

std::int64_t Publisher::requests(std::string_view host) const {
  MutexLock lock(mutex_);
  const Host* const known = find_host(host);
  return known != nullptr ? known->requests : 0;
}

std::uint64_t Publisher::bytes_sent(std::string_view host) const {
  MutexLock lock(mutex_);
  const Host* const known = find_host(host);
  return known != nullptr ? known->bytes_sent : 0;
}

std::int64_t Publisher::in_flight_max(std::string_view host) const {
  MutexLock lock(mutex_);
  const Host* const known = find_host(host);
  return known != nullptr ? known->in_flight_max : 0;
}

std::int64_t Publisher::in_flight_max() const {
  MutexLock lock(mutex_);
  return in_flight_max_;
}

std::vector<SeenRequest> Publisher::seen(std::string_view host) const {
  MutexLock lock(mutex_);
  const Host* const known = find_host(host);
  if (known == nullptr) return {};
  return {known->seen.begin(), known->seen.end()};
}

std::string Publisher::opml(bool with_fragments) const {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n"
      "<head><title>Feeds of the test publisher</title></head>\n<body>\n";
  for (const ListedFeed& listed : listed_) {
    if (listed.fragment && !with_fragments) continue;
    const std::string title = xml_attribute(listed.title), url = xml_attribute(listed.url);
    out.append("<outline type=\"rss\" text=\"").append(title).append("\" title=\"").append(title);
    out.append("\" xmlUrl=\"").append(url).append("\"/>\n");
  }
  return out + "</body>\n</opml>\n";
}

std::string Publisher::feeds_json() const {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("feeds");
  json.begin_array();
  for (const ListedFeed& listed : listed_) {
    json.begin_object();
    json.field("url", listed.url);
    json.field("title", listed.title);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out;
}

std::int64_t Publisher::host_number(std::string_view name) {
  if (const auto found = host_numbers_.find(name); found != host_numbers_.end())
    return found->second;
  const auto number = static_cast<std::int64_t>(hosts_.size());
  hosts_.emplace_back();
  host_numbers_.emplace(name, number);
  return number;
}

const Publisher::Host* Publisher::find_host(std::string_view name) const {
  const auto found = host_numbers_.find(name);
  return found == host_numbers_.end() ? nullptr : &hosts_[static_cast<std::size_t>(found->second)];
}

void Publisher::respond(const Request& request, Reply& reply) {
  MutexLock lock(mutex_);
  const std::int64_t number = host_number(request.host);
  Host& host = hosts_[static_cast<std::size_t>(number)];
  ++host.requests;
  host.in_flight_max = std::max(host.in_flight_max, ++host.in_flight);
  in_flight_max_ = std::max(in_flight_max_, ++in_flight_);
  reply.tag = number;
  if (settings_.keeps_requests) {
    if (host.seen.size() == kSeenMax) host.seen.pop_front();
    host.seen.push_back({.method = std::string(request.method),
                         .target = std::string(request.target),
                         .headers = all_headers(request),
                         .body = std::string(request.body)});
  }
  const SharedPage page = find_page(host, request);
  fill(reply, request, *page);
  reply.owner = page;
}

void Publisher::finished(std::int64_t tag, std::uint64_t bytes) {
  MutexLock lock(mutex_);
  Host& host = hosts_[static_cast<std::size_t>(tag)];
  --host.in_flight;
  host.bytes_sent += bytes;
  --in_flight_;
}

Publisher::SharedPage Publisher::find_page(Host& host, const Request& request) {
  const std::string_view path = path_of(request.target);
  refresh_live_page(host);
  for (auto& [known, in_turn] : host.pages) {
    if (known != path && !known.empty()) continue;
    SharedPage page = in_turn.front();
    if (in_turn.size() > 1) in_turn.erase(in_turn.begin());
    return page;
  }
  return own_page(request);
}

// What the publisher says about itself, and the behaviors that have a name.
Publisher::SharedPage Publisher::own_page(const Request& request) {
  const std::string_view path = path_of(request.target);
  const auto page = [](Behavior behavior) {
    return std::make_shared<const Page>(make_page(std::move(behavior)));
  };
  if (path == "/opml")
    return page(feed(opml(query_value(request.target, "fragments") != "no"), "text/x-opml"));
  if (path == "/feeds") return page(feed(feeds_json(), "application/json"));
  if (path == "/requests") {
    const Host* const host = find_host(query_value(request.target, "host"));
    const std::int64_t count = host != nullptr ? host->requests : 0;
    return page(feed("{\"requests\":" + std::to_string(count) + "}\n", "application/json"));
  }
  if (path == "/clock" && request.method == "POST") return page(advance_on_request(request.target));
  if (const auto known = behaviors_.find(request.target); known != behaviors_.end())
    return known->second;
  std::unique_ptr<Behavior> named = named_behavior(request.target);
  SharedPage made = page(named ? *std::move(named) : failure(404));
  if (named && behaviors_.size() < 1000)
    behaviors_.emplace(request.target, made);  // a bomb takes a while to make
  return made;
}

Behavior Publisher::advance_on_request(std::string_view target) {
  constexpr long long kSecondsMax = 1'000'000'000;
  const auto seconds = parse_int(query_value(target, "advance_seconds"));
  if (!seconds || *seconds < 0 || *seconds > kSecondsMax) {
    Behavior refusal = failure(400);
    refusal.body = "advance_seconds is a number of 0 to 1000000000\n";
    return refusal;
  }
  advance(std::chrono::seconds(*seconds));
  return feed("{\"now\":\"" + format_rfc3339(now()) + "\"}\n", "application/json");
}

}  // namespace tidings::publisher

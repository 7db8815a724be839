#include "tests/support/publisher/behavior.h"

#include <utility>

#include <fmt/format.h>

#include "core/strings.h"
#include "core/url.h"

namespace tidings::publisher {
namespace {

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 410:
      return "Gone";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "Status";
  }
}

std::string head(const Behavior& behavior, int status, std::size_t body_bytes,
                 std::string_view encoding) {
  std::string text =
      "HTTP/1.1 " + std::to_string(status) + " " + std::string(reason(status)) + "\r\n";
  const auto line = [&text](std::string_view name, std::string_view value) {
    if (!value.empty()) text.append(name).append(": ").append(value).append("\r\n");
  };
  const bool with_body = status != 304 && status != 204;
  const bool endless = behavior.manner == Behavior::Manner::EndlessBody;
  if (with_body) line("Content-Type", behavior.content_type);
  line("Content-Encoding", encoding);
  line("ETag", behavior.etag);
  line("Last-Modified", behavior.last_modified);
  if (behavior.gzip) line("Vary", "Accept-Encoding");
  for (const auto& [name, value] : behavior.headers) line(name, value);
  if (with_body && endless) line("Transfer-Encoding", "chunked");
  if (with_body && !endless) line("Content-Length", std::to_string(body_bytes));
  if (behavior.close) line("Connection", "close");
  return text + "\r\n";
}

// One chunk of a chunked body (RFC 9112 §7.1).
std::string chunk(std::string_view bytes) {
  return fmt::format("{:x}\r\n", bytes.size()).append(bytes).append("\r\n");
}

Behavior in_manner(Behavior::Manner manner) {
  return {.manner = manner,
          .body = "<rss version=\"2.0\"><channel><title>A feed</title></channel></rss>\n"};
}

std::string query_value(std::string_view query, std::string_view name) {
  for (const std::string_view part : split(query, '&')) {
    if (part.starts_with(name) && part.substr(name.size()).starts_with('=')) {
      return percent_decode(part.substr(name.size() + 1));
    }
  }
  return {};
}

}  // namespace

Behavior feed(std::string body, std::string content_type) {
  return {.content_type = std::move(content_type), .body = std::move(body)};
}

Behavior failure(int status, HttpHeaders headers) {
  return {.status = status,
          .content_type = "text/plain",
          .headers = std::move(headers),
          .body = "no feed here\n"};
}

Behavior raw(std::string bytes) {
  return {.manner = Behavior::Manner::Raw, .body = std::move(bytes)};
}

Behavior in_pieces(const std::vector<Piece>& pieces, Behavior::Ending ending) {
  return {.manner = Behavior::Manner::Pieces, .pieces = Pieces(pieces), .ending = ending};
}

Behavior dripping(const std::vector<Piece>& pieces, std::size_t bytes_before_pauses,
                  std::chrono::milliseconds pause, std::size_t bytes_per_pause) {
  Behavior behavior = in_pieces(pieces);
  behavior.drips = true;
  behavior.bytes_before_pauses = bytes_before_pauses;
  behavior.pause = pause;
  behavior.bytes_per_pause = bytes_per_pause;
  return behavior;
}

Behavior redirect(int status, std::string location) {
  Behavior behavior = failure(status);
  behavior.headers.emplace_back("Location", std::move(location));
  return behavior;
}

Behavior bomb(Compression codec, std::size_t bytes_decoded) {
  const std::string_view encoding = codec == Compression::Gzip     ? "gzip"
                                    : codec == Compression::Brotli ? "br"
                                                                   : "zstd";
  return {.content_encoding = std::string(encoding),
          .body = compress(std::string(bytes_decoded, '\0'), codec, 1)};
}

std::unique_ptr<Behavior> named_behavior(std::string_view target) {
  using Manner = Behavior::Manner;
  constexpr std::string_view kPrefix = "/behavior/";
  constexpr std::size_t kBombBytes = 64'000'000;
  if (!target.starts_with(kPrefix)) return nullptr;
  const std::size_t mark = target.find('?');
  const std::string_view query = mark == std::string_view::npos ? "" : target.substr(mark + 1);
  const std::string_view name =
      target.substr(kPrefix.size(), mark == std::string_view::npos ? mark : mark - kPrefix.size());
  const std::string_view verb = name.substr(0, name.find('/'));
  const std::string_view detail = verb.size() < name.size() ? name.substr(verb.size() + 1) : "";
  const int status = static_cast<int>(parse_int(detail).value_or(0));
  const auto made = [](Behavior behavior) {
    return std::make_unique<Behavior>(std::move(behavior));
  };
  if (verb == "status") return made(failure(status));
  if (verb == "redirect") return made(redirect(status, query_value(query, "to")));
  if (verb == "loop") return made(redirect(status, std::string(target)));
  if (verb == "retry-after")
    return made(failure(status, {{"Retry-After", query_value(query, "after")}}));
  if (name == "bomb/gzip") return made(bomb(Compression::Gzip, kBombBytes));
  if (name == "bomb/br") return made(bomb(Compression::Brotli, kBombBytes));
  if (name == "bomb/zstd") return made(bomb(Compression::Zstd, kBombBytes));
  if (name == "slow") return made(in_manner(Manner::Trickle));
  if (name == "stalled") return made(in_manner(Manner::Stall));
  if (name == "stalled-body") return made(in_manner(Manner::StallInBody));
  if (name == "truncated") return made(in_manner(Manner::Truncate));
  if (name == "closed-early") return made(in_manner(Manner::CloseEarly));
  if (name == "garbage") return made(in_manner(Manner::Garbage));
  if (name == "endless-body") return made(in_manner(Manner::EndlessBody));
  if (name == "endless-headers") return made(in_manner(Manner::EndlessHeaders));
  if (name == "endless-line") return made(in_manner(Manner::EndlessLine));
  if (name == "wrong-type")
    return made(feed("<html><title>Not a feed</title></html>\n", "image/png"));
  return nullptr;
}

Page make_page(Behavior behavior) {
  Page page;
  page.head = head(behavior, behavior.status, behavior.body.size(), behavior.content_encoding);
  page.head_not_modified = head(behavior, 304, 0, {});
  if (behavior.gzip && behavior.status == 200 && behavior.content_encoding.empty()) {
    page.body_gzip = compress(behavior.body, Compression::Gzip, 1);
    page.head_gzip = head(behavior, behavior.status, page.body_gzip.size(), "gzip");
  }
  if (behavior.manner == Behavior::Manner::EndlessBody) page.chunk = chunk(behavior.body);
  page.behavior = std::move(behavior);
  return page;
}

}  // namespace tidings::publisher

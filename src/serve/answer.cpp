#include "serve/answer.h"

#include <fmt/format.h>

#include "core/compression.h"
#include "core/hash.h"

namespace tidings::serve {
namespace {

constexpr std::size_t kCompressAboveBytes = 1024;
// Made once for many readers, and still while one of them waits.
constexpr int kGzipLevel = 5;
constexpr int kBrotliLevel = 4;

std::string etag_of(std::string_view body, Encoding encoding) {
  const Hash128 hash = hash128(body);
  std::string etag = "\"";
  for (const std::uint8_t byte : hash) etag += fmt::format("{:02x}", byte);
  if (encoding != Encoding::Identity) etag += fmt::format("-{}", to_string(encoding));
  return etag + "\"";
}

std::string encoded(const std::string& body, Encoding encoding) {
  return encoding == Encoding::Brotli ? compress(body, Compression::Brotli, kBrotliLevel)
                                      : compress(body, Compression::Gzip, kGzipLevel);
}

}  // namespace

std::shared_ptr<const CachedResponse> make_answer(Content content, Encoding encoding,
                                                  std::size_t route) {
  if (content.body.size() <= kCompressAboveBytes) encoding = Encoding::Identity;
  const bool has_validators = content.status == 200 && content.cache_control != "no-store";

  Headers headers = {{"Cache-Control", content.cache_control}, {"Vary", "Accept-Encoding"}};
  for (auto& header : content.headers) headers.push_back(std::move(header));
  CachedResponse answer{.route = route};
  if (has_validators) {
    answer.etag = etag_of(content.body, encoding);
    headers.emplace_back("ETag", answer.etag);
    answer.not_modified = make_response(304, headers, {});
  }
  headers.emplace_back("Content-Type", content.content_type);
  if (encoding != Encoding::Identity) {
    headers.emplace_back("Content-Encoding", to_string(encoding));
    content.body = encoded(content.body, encoding);
  }
  answer.full = make_response(content.status, headers, std::move(content.body));
  return std::make_shared<const CachedResponse>(std::move(answer));
}

}  // namespace tidings::serve

#include "tests/support/publisher/feed_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <set>
#include <system_error>

#include "core/strings.h"

namespace tidings::publisher {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kFilesMax = 100'000;
constexpr std::uintmax_t kFileBytesMax = 20'000'000;

bool contains_any(std::string_view text, std::initializer_list<std::string_view> signs) {
  return std::any_of(signs.begin(), signs.end(),
                     [text](std::string_view sign) { return text.find(sign) != text.npos; });
}

bool looks_like_a_feed(std::string_view body) {
  const std::string_view start = body.substr(0, 4096);
  if (contains_any(start, {"<rss", "<feed", "<rdf:RDF", "<RDF", ":feed "})) return true;
  // The members of an object have no order, and a slash may be escaped.
  return start.find('{') != start.npos &&
         contains_any(body, {"jsonfeed.org/version", "jsonfeed.org\\/version"});
}

bool is_fragment(std::string_view body) {
  constexpr std::size_t kBytesMin = 2000;
  return body.size() < kBytesMin ||
         !contains_any(body, {"<pubDate", ":date>", "<published", "<updated", "<issued",
                              "<modified", "\"date_published\"", "\"date_modified\""});
}

std::string content_type_of(const fs::path& path) {
  const std::string extension = to_lower(path.extension().string());
  if (extension == ".rss") return "application/rss+xml";
  if (extension == ".atom") return "application/atom+xml";
  if (extension == ".rdf") return "application/rdf+xml";
  if (extension == ".json") return "application/feed+json";
  if (extension == ".html") return "text/html";
  return "application/xml";  // without a charset: the document's own declaration counts
}

// One DNS label: letters, digits and single hyphens, at most 63.
std::string slug(std::string_view path) {
  std::string label;
  for (const char c : path) {
    if (is_alpha(c) || is_digit(c)) {
      label += to_lower(c);
    } else if (!label.empty() && label.back() != '-') {
      label += '-';
    }
  }
  if (label.size() > 56) label.erase(0, label.size() - 56);  // the end tells more than the folder
  while (!label.empty() && label.back() == '-') label.pop_back();
  while (!label.empty() && label.front() == '-') label.erase(0, 1);
  return label.empty() ? "feed" : label;
}

}  // namespace

Result<std::vector<FeedFile>> read_feed_folder(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_regular_file(error) && it->file_size(error) <= kFileBytesMax)
      paths.push_back(it->path());
    if (paths.size() >= kFilesMax) break;
  }
  if (error) return not_found("read the folder " + folder + ": " + error.message());
  std::sort(paths.begin(), paths.end());
  std::vector<FeedFile> files;
  std::set<std::string> taken;
  for (const fs::path& path : paths) {
    std::ifstream stream(path, std::ios::binary);
    std::string body(std::istreambuf_iterator<char>(stream), {});
    if (!looks_like_a_feed(body)) continue;
    const std::string title = path.lexically_relative(folder).string();
    const std::string label = slug(title);
    std::string host = label + ".test";
    for (int i = 2; !taken.insert(host).second; ++i)
      host = label + "-" + std::to_string(i) + ".test";
    const bool fragment = is_fragment(body);
    files.push_back({.host = host,
                     .title = title,
                     .content_type = content_type_of(path),
                     .body = std::move(body),
                     .fragment = fragment});
  }
  return files;
}

}  // namespace tidings::publisher

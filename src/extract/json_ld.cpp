#include "extract/json_ld.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include <simdjson.h>

#include "core/strings.h"
#include "extract/json_document.h"
#include "extract/same_page.h"
#include "text/date.h"
#include "text/html_text.h"

namespace tidings::extract {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kDepthMax = 16;      // of values within values that are searched
constexpr std::size_t kObjectsMax = 5000;  // of all blocks that are looked at
constexpr std::size_t kTextBytesMax = 2'000'000;
constexpr int kArticleRank = 8, kVideoRank = 3, kPageRank = 2;

std::string_view string_of(const object& from, std::string_view key) {
  std::string_view value;
  return from[key].get(value) == simdjson::SUCCESS ? value : std::string_view();
}

// The name of a type without its vocabulary: "http://schema.org/NewsArticle" is "NewsArticle".
std::string_view bare_type(std::string_view type) {
  const std::size_t at = type.find_last_of("/:#");
  return at == std::string_view::npos ? type : type.substr(at + 1);
}

int rank_of_type(std::string_view type) {
  type = bare_type(type);
  if (type.ends_with("NewsArticle") || type == "Article" || type.ends_with("BlogPosting"))
    return kArticleRank;
  if (type.ends_with("Article") || type == "Report" || type == "Review" ||
      type == "SocialMediaPosting" || type == "DiscussionForumPosting" || type == "CriticReview" ||
      type == "PressRelease")
    return kArticleRank - 1;
  if (type == "Recipe" || type == "CreativeWork" || type == "PodcastEpisode" ||
      type == "Question" || type == "HowTo")
    return kPageRank + 2;
  if (type == "VideoObject" || type == "MediaObject") return kVideoRank;
  if (type == "WebPage" || type == "ItemPage" || type == "AboutPage") return kPageRank;
  return 0;
}

// "@type" may be one name or several.
int rank_of(const object& from) {
  element type;
  if (from["@type"].get(type) != simdjson::SUCCESS) return 0;
  std::string_view name;
  if (type.get(name) == simdjson::SUCCESS) return rank_of_type(name);
  array names;
  int best = 0;
  if (type.get(names) == simdjson::SUCCESS) {
    for (const element one : names) {
      if (one.get(name) == simdjson::SUCCESS) best = std::max(best, rank_of_type(name));
    }
  }
  return best;
}

class JsonLdReader {
 public:
  explicit JsonLdReader(std::string_view page_url) : page_url_(page_url) {}

  void take(const element& root) { visit(root, 0); }

  Claims claims() const {
    Claims claims;
    if (best_rank_ == 0) return claims;
    claims.is_of_video = best_rank_ < kArticleRank && rank_of(best_) == kVideoRank;
    const bool has_both = has_page_ && best_rank_ > kPageRank;
    if (!has_both || !claims.is_of_video) fill(best_, claims);
    if (has_both) fill(page_, claims);
    if (has_both && claims.is_of_video) fill(best_, claims);
    return claims;
  }

 private:
  void visit(const element& value, std::size_t depth) {
    if (depth > kDepthMax || objects_ >= kObjectsMax) return;
    array list;
    if (value.get(list) == simdjson::SUCCESS) {
      for (const element item : list) visit(item, depth + 1);
      return;
    }
    object found;
    if (value.get(found) != simdjson::SUCCESS) return;
    ++objects_;
    if (const std::string_view id = string_of(found, "@id"); !id.empty() && found.size() > 1)
      by_id_.emplace(id, found);
    consider(found);
    for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage", "subjectOf", "@included"}) {
      element inner;
      if (found[key].get(inner) == simdjson::SUCCESS) visit(inner, depth + 1);
    }
    remember(found, "author", depth);
    remember(found, "publisher", depth);
  }

  // People and organizations may be described where they are first named, and named by @id later.
  void remember(const object& from, const char* key, std::size_t depth) {
    object inner;
    if (from[key].get(inner) != simdjson::SUCCESS || depth > kDepthMax) return;
    if (const std::string_view id = string_of(inner, "@id"); !id.empty() && inner.size() > 1)
      by_id_.emplace(id, inner);
  }

  void consider(const object& found) {
    int rank = rank_of(found);
    if (rank == 0) return;
    if (rank == kPageRank) {
      if (!has_page_) page_ = found;
      has_page_ = true;
    }
    if (string_of(found, "headline").empty() && string_of(found, "name").empty()) --rank;
    if (is_about_page(found)) rank += kArticleRank;
    if (rank <= best_rank_) return;
    best_rank_ = rank;
    best_ = found;
  }

  // Teasers of other articles carry their own addresses.
  bool is_about_page(const object& found) const {
    if (page_url_.empty() || rank_of(found) <= kPageRank) return false;
    for (const char* key : {"url", "mainEntityOfPage", "@id"}) {
      const std::string_view address = address_of(found, key);
      if (!address.empty() && is_same_page(address, page_url_)) return true;
    }
    return false;
  }

  static std::string_view address_of(const object& from, const char* key) {
    element value;
    if (from[key].get(value) != simdjson::SUCCESS) return {};
    return address_in(value, 0);
  }

  static std::string_view address_in(const element& value, int depth) {
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return text;
    array list;
    if (depth < 3 && value.get(list) == simdjson::SUCCESS) {
      for (const element item : list) return address_in(item, depth + 1);
    }
    object inner;
    if (value.get(inner) != simdjson::SUCCESS) return {};
    for (const char* key : {"url", "contentUrl", "@id"}) {
      element address;
      if (depth >= 3 || inner[key].get(address) != simdjson::SUCCESS) continue;
      if (const std::string_view found = address_in(address, depth + 1); !found.empty())
        return found;
    }
    return {};
  }

  void fill(const object& from, Claims& claims) const {
    take_text(from, "headline", claims.title);
    take_text(from, "name", claims.title);
    take_text(from, "alternativeHeadline", claims.title);
    take_text(from, "description", claims.description);
    take_text(from, "inLanguage", claims.language);
    take_date(from, "datePublished", claims.published);
    take_date(from, "dateCreated", claims.published);
    take_date(from, "uploadDate", claims.published);
    take_date(from, "dateModified", claims.modified);
    if (claims.url.empty()) claims.url = address_of(from, "url");
    if (claims.url.empty()) claims.url = address_of(from, "mainEntityOfPage");
    take_image(from, claims);
    for (const char* key : {"author", "creator", "contributor"}) {
      if (claims.authors.empty()) add_names(from, key, claims.authors);
    }
    std::vector<std::string> publishers;
    for (const char* key : {"publisher", "sourceOrganization", "isPartOf"}) {
      if (claims.site.empty()) add_names(from, key, publishers);
      if (claims.site.empty() && !publishers.empty()) claims.site = publishers.front();
    }
    take_body(from, claims);
  }

  static void take_text(const object& from, const char* key, std::string& into) {
    if (!into.empty()) return;
    element value;
    if (from[key].get(value) != simdjson::SUCCESS) return;
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) {
      into = text::plain_text(text);
      return;
    }
    object inner;  // {"@type": "Language", "name": …} or {"@value": …}
    if (value.get(inner) != simdjson::SUCCESS) return;
    for (const char* inner_key : {"@value", "alternateName", "name"}) {
      if (into.empty()) into = text::plain_text(string_of(inner, inner_key));
    }
  }

  static void take_date(const object& from, const char* key, std::optional<ZonedTime>& into) {
    if (into) return;
    element value;
    if (from[key].get(value) != simdjson::SUCCESS) return;
    array list;
    if (value.get(list) == simdjson::SUCCESS && list.size() > 0) value = list.at(0).value();
    std::string_view text;
    object inner;
    if (value.get(inner) == simdjson::SUCCESS) text = string_of(inner, "@value");
    if (value.get(text) == simdjson::SUCCESS || !text.empty()) into = text::parse_zoned_date(text);
  }

  void take_image(const object& from, Claims& claims) const {
    for (const char* key : {"image", "primaryImageOfPage", "thumbnailUrl"}) {
      if (!claims.image.empty()) return;
      std::string_view address = address_of(from, key);
      const auto known = by_id_.find(address);
      if (known != by_id_.end()) {
        const std::string_view url = address_of(known->second, "url");
        address = url.empty() ? address_of(known->second, "contentUrl") : url;
      }
      claims.image = address;
    }
  }

  void take_body(const object& from, Claims& claims) const {
    for (const char* key : {"articleBody", "reviewBody", "text"}) {
      const std::string_view body = string_of(from, key);
      if (claims.body.empty() && body.size() <= kTextBytesMax) claims.body = body;
    }
    // A live blog's text is that of its updates.
    array updates;
    if (from["liveBlogUpdate"].get(updates) != simdjson::SUCCESS) return;
    std::string body = std::move(claims.body);
    for (const element item : updates) {
      object update;
      if (item.get(update) != simdjson::SUCCESS || body.size() > kTextBytesMax) continue;
      for (const char* key : {"headline", "articleBody"}) {
        body += "\n\n";
        body += string_of(update, key);
      }
    }
    claims.body = std::move(body);
  }

  void add_names(const object& from, const char* key, std::vector<std::string>& names) const {
    element value;
    if (from[key].get(value) == simdjson::SUCCESS) add_names(value, names, 0);
  }

  void add_names(const element& value, std::vector<std::string>& names, int depth) const {
    constexpr std::size_t kNamesMax = 50;
    if (names.size() >= kNamesMax || depth > 3) return;
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return add_name(text, names);
    array list;
    if (value.get(list) == simdjson::SUCCESS) {
      for (const element item : list) add_names(item, names, depth + 1);
      return;
    }
    object person;
    if (value.get(person) != simdjson::SUCCESS) return;
    element name;
    if (person["name"].get(name) != simdjson::SUCCESS) {
      const auto known = by_id_.find(string_of(person, "@id"));
      if (known == by_id_.end() || known->second["name"].get(name) != simdjson::SUCCESS) return;
    }
    add_names(name, names, depth + 1);
  }

  static void add_name(std::string_view text, std::vector<std::string>& names) {
    std::string name = text::plain_text(text);
    if (!name.empty()) names.push_back(std::move(name));
  }

  std::string_view page_url_;
  std::unordered_map<std::string_view, object> by_id_;
  object best_{}, page_{};
  int best_rank_ = 0;
  bool has_page_ = false;
  std::size_t objects_ = 0;
};

}  // namespace

Claims read_json_ld(std::span<const std::string_view> blocks, std::string_view page_url,
                    std::size_t bytes_max) {
  std::vector<JsonDocument> documents;  // what is found in them is used until the end
  JsonLdReader reader(page_url);
  for (const std::string_view block : blocks) {
    if (block.size() > bytes_max) continue;
    bytes_max -= block.size();
    JsonDocument document = JsonDocument::read(block);
    if (!document.is_valid()) continue;
    reader.take(document.root());
    documents.push_back(std::move(document));
  }
  return reader.claims();
}

}  // namespace tidings::extract

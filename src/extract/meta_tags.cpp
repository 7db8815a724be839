#include "extract/meta_tags.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/strings.h"
#include "text/date.h"
#include "text/html_text.h"

namespace tidings::extract {
namespace {

enum class Field : std::uint8_t {
  Title,
  Author,
  Published,
  Modified,
  Language,
  Site,
  Image,
  Url,
  Description
};

struct MetaName {
  std::string_view name;
  Field field;
  std::uint8_t rank;  // higher is believed more
};

constexpr auto kNames = std::to_array<MetaName>({
    {"og:title", Field::Title, 9},
    {"twitter:title", Field::Title, 6},
    {"parsely-title", Field::Title, 8},
    {"sailthru.title", Field::Title, 7},
    {"dc.title", Field::Title, 5},
    {"dcterms.title", Field::Title, 5},
    {"citation_title", Field::Title, 7},
    {"headline", Field::Title, 5},
    {"title", Field::Title, 3},

    {"author", Field::Author, 8},
    {"article:author", Field::Author, 6},
    {"article:author_name", Field::Author, 7},
    {"og:article:author", Field::Author, 6},
    {"parsely-author", Field::Author, 9},
    {"sailthru.author", Field::Author, 8},
    {"dc.creator", Field::Author, 5},
    {"dcterms.creator", Field::Author, 5},
    {"citation_author", Field::Author, 7},
    {"byl", Field::Author, 6},
    {"byline", Field::Author, 6},
    {"cxenseparse:author", Field::Author, 5},
    {"twitter:data1", Field::Author, 1},

    {"article:published_time", Field::Published, 9},
    {"og:article:published_time", Field::Published, 8},
    {"article:published", Field::Published, 8},
    {"parsely-pub-date", Field::Published, 7},
    {"sailthru.date", Field::Published, 6},
    {"datepublished", Field::Published, 7},
    {"date", Field::Published, 4},
    {"pubdate", Field::Published, 6},
    {"publishdate", Field::Published, 6},
    {"publish-date", Field::Published, 6},
    {"publish_date", Field::Published, 6},
    {"publication_date", Field::Published, 6},
    {"published_time", Field::Published, 6},
    {"og:published_time", Field::Published, 7},
    {"og:pubdate", Field::Published, 6},
    {"dc.date", Field::Published, 4},
    {"dc.date.issued", Field::Published, 6},
    {"dc.date.created", Field::Published, 5},
    {"dcterms.date", Field::Published, 4},
    {"dcterms.created", Field::Published, 5},
    {"dcterms.issued", Field::Published, 6},
    {"citation_publication_date", Field::Published, 5},
    {"citation_date", Field::Published, 4},
    {"article.published", Field::Published, 6},
    {"article.created", Field::Published, 5},
    {"created", Field::Published, 3},
    {"cxenseparse:recs:publishtime", Field::Published, 5},
    {"last-published", Field::Published, 2},
    {"originalpublicationdate", Field::Published, 6},
    {"ptime", Field::Published, 4},
    {"pdate", Field::Published, 4},
    {"rnews:datepublished", Field::Published, 5},

    {"article:modified_time", Field::Modified, 9},
    {"og:updated_time", Field::Modified, 6},
    {"article:modified", Field::Modified, 7},
    {"article.updated", Field::Modified, 6},
    {"datemodified", Field::Modified, 7},
    {"lastmod", Field::Modified, 6},
    {"last-modified", Field::Modified, 4},
    {"dcterms.modified", Field::Modified, 6},
    {"dc.date.modified", Field::Modified, 6},
    {"revision_date", Field::Modified, 4},
    {"utime", Field::Modified, 4},

    {"og:locale", Field::Language, 6},
    {"content-language", Field::Language, 4},
    {"dc.language", Field::Language, 5},
    {"dcterms.language", Field::Language, 5},
    {"language", Field::Language, 3},
    {"inlanguage", Field::Language, 5},

    {"og:site_name", Field::Site, 9},
    {"application-name", Field::Site, 5},
    {"apple-mobile-web-app-title", Field::Site, 4},
    {"dc.publisher", Field::Site, 4},
    {"dcterms.publisher", Field::Site, 4},
    {"citation_journal_title", Field::Site, 5},
    {"cre", Field::Site, 3},
    {"source", Field::Site, 2},
    {"publisher", Field::Site, 3},

    {"og:image", Field::Image, 9},
    {"og:image:url", Field::Image, 8},
    {"og:image:secure_url", Field::Image, 7},
    {"twitter:image", Field::Image, 6},
    {"twitter:image:src", Field::Image, 6},
    {"parsely-image-url", Field::Image, 5},
    {"sailthru.image.full", Field::Image, 5},
    {"thumbnail", Field::Image, 3},

    {"og:url", Field::Url, 5},
    {"parsely-link", Field::Url, 3},

    {"og:description", Field::Description, 8},
    {"description", Field::Description, 7},
    {"twitter:description", Field::Description, 6},
    {"dc.description", Field::Description, 4},
    {"sailthru.description", Field::Description, 5},
});

const MetaName* known_name(std::string_view name) {
  for (const MetaName& known : kNames) {
    if (iequals(known.name, name)) return &known;
  }
  return nullptr;
}

class MetaReader {
 public:
  void take(const html::Node& meta) {
    const std::string_view content = trim(html::attribute(meta, "content"));
    if (content.empty()) return;
    for (const char* key : {"property", "name", "itemprop", "http-equiv"}) {
      const std::string_view name = trim(html::attribute(meta, key));
      if (name.empty()) continue;
      if (const MetaName* known = known_name(name)) return take(*known, content);
    }
  }

  Claims claims() { return std::move(claims_); }

 private:
  void take(const MetaName& name, std::string_view content) {
    std::uint8_t& rank = ranks_[static_cast<std::size_t>(name.field)];
    if (name.field == Field::Author && name.rank == rank) return add_author(content);
    if (name.rank <= rank) return;
    if (put(name.field, content)) rank = name.rank;
  }

  bool put(Field field, std::string_view content) {
    switch (field) {
      case Field::Title:
        return put_text(claims_.title, content);
      case Field::Author:
        if (content.find("://") != std::string_view::npos) return false;  // of a profile
        claims_.authors.clear();
        add_author(content);
        return true;
      case Field::Published:
        return put_date(claims_.published, content);
      case Field::Modified:
        return put_date(claims_.modified, content);
      case Field::Language:
        return put_text(claims_.language, content);
      case Field::Site:
        return put_text(claims_.site, content);
      case Field::Image:
        return put_address(claims_.image, content);
      case Field::Url:
        return put_address(claims_.url, content);
      case Field::Description:
        return put_text(claims_.description, content);
    }
    return false;
  }

  void add_author(std::string_view content) {
    if (content.find("://") == std::string_view::npos)
      claims_.authors.push_back(text::plain_text(content));
  }
  // Some pages escape their metadata twice.
  static bool put_text(std::string& into, std::string_view content) {
    std::string text = text::plain_text(content);
    if (text.empty()) return false;
    into = std::move(text);
    return true;
  }
  static bool put_address(std::string& into, std::string_view content) {
    into = content;
    return true;
  }
  static bool put_date(std::optional<ZonedTime>& into, std::string_view content) {
    const std::optional<ZonedTime> time = text::parse_zoned_date(content);
    if (time) into = time;
    return time.has_value();
  }

  Claims claims_;
  std::array<std::uint8_t, 9> ranks_{};
};

}  // namespace

Claims read_meta_tags(const html::Document& document, const Survey& survey) {
  MetaReader reader;
  for (const html::NodeId id : survey.metas) reader.take(document[id]);
  Claims claims = reader.claims();
  for (const html::NodeId id : survey.links) {
    const html::Node& link = document[id];
    const std::string_view rel = html::attribute(link, "rel");
    if (iequals(rel, "canonical") && !html::attribute(link, "href").empty())
      claims.url = trim(html::attribute(link, "href"));
    if (iequals(rel, "image_src") && claims.image.empty())
      claims.image = trim(html::attribute(link, "href"));
  }
  if (survey.html != html::kNoNode) {
    const html::Node& root = document[survey.html];
    std::string_view language = trim(html::attribute(root, "lang"));
    if (language.empty()) language = trim(html::attribute(root, "xml:lang"));
    if (!language.empty()) claims.language = language;
  }
  return claims;
}

}  // namespace tidings::extract

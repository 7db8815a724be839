#include "parse/h_feed.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "html/document.h"
#include "parse/addresses.h"
#include "parse/microformats.h"
#include "parse/problems.h"
#include "text/date.h"
#include "text/html_entities.h"

namespace tidings::parse {
namespace {

using html::Document;
using html::kNoNode;
using html::Node;
using html::NodeId;
using html::Tag;

bool may_have_entries(std::string_view page) {
  return page.find("h-entry") != std::string_view::npos ||
         page.find("hentry") != std::string_view::npos;
}

bool names_feed(const Node& node) {
  if (node.tag != Tag::Link || !html::has_word(node, "rel", "alternate")) return false;
  const std::string_view type = html::attribute(node, "type");
  return iequals(type, "application/rss+xml") || iequals(type, "application/atom+xml");
}

// Themes write hAtom into every page, whether or not anyone is to read it there: where the page
// names a feed, that one is meant.
bool is_only_a_theme(const Document& page, const std::vector<NodeId>& entries) {
  const bool is_classic = std::all_of(entries.begin(), entries.end(), [&page](NodeId entry) {
    return microformat_root(page[entry]).vocabulary == Vocabulary::Classic;
  });
  for (NodeId id = 0; is_classic && id < page.size(); ++id) {
    if (names_feed(page[id])) return true;
  }
  return false;
}

// The entries below a node that belong to no other microformat; feeds within feeds are gone into.
std::vector<NodeId> entries_below(const Document& page, NodeId within, std::size_t entries_max) {
  std::vector<NodeId> entries;
  for (NodeId at = within + 1; at < page[within].end && entries.size() < entries_max;) {
    const Node& node = page[at];
    const std::string_view root = microformat_root(node).name;
    if (root == "h-entry") entries.push_back(at);
    const bool goes_in = (root.empty() || root == "h-feed") && node.tag != Tag::Template;
    at = goes_in ? at + 1 : node.end;
  }
  return entries;
}

class HFeedReader {
 public:
  HFeedReader(const Document& page, std::string_view url, const ParseLimits& limits,
              FeedDocument& document)
      : page_(page),
        limits_(limits),
        document_(document),
        addresses_(limits, document.problems),
        base_(url) {
    read_page(url);
  }

  void read(NodeId feed, const std::vector<NodeId>& entries) {
    document_.format = FeedFormat::HFeed;
    document_.format_name = "h-feed";
    if (feed != page_.root()) read_feed(feed);
    Feed& to = document_.feed;
    if (to.title.empty()) to.title = page_title_;
    if (to.language.empty()) to.language = page_language_;
    for (const NodeId entry : entries) {
      if (to.entries.size() == limits_.entries_max) {
        add_problem(document_.problems,
                    fmt::format("Only the first {} entries were read.", limits_.entries_max));
        return;
      }
      to.entries.push_back(read_entry(entry));
    }
  }

 private:
  // The page's own title, language, base address, and whether it names a better feed.
  void read_page(std::string_view url) {
    bool has_base = false;
    for (NodeId id = 0; id < page_.size(); ++id) {
      const Node& node = page_[id];
      if (node.tag == Tag::Html)
        page_language_ = utf8_prefix(html::attribute(node, "lang"), limits_.text_bytes_max);
      if (node.tag == Tag::Title && page_title_.empty())
        page_title_ = plain_text_of(page_, id, limits_.text_bytes_max);
      if (node.tag == Tag::Base && !has_base && html::has_attribute(node, "href")) {
        has_base = true;
        base_ = addresses_.resolved(url, html::attribute(node, "href"));
      }
      if (node.tag == Tag::Link) read_link(node);
    }
    if (base_.empty()) base_ = url;
  }

  void read_link(const Node& node) {
    if (names_feed(node)) {
      add_problem(document_.problems, fmt::format("The page names a feed that says more: {}.",
                                                  utf8_prefix(html::attribute(node, "href"), 500)));
    }
    if (html::has_word(node, "rel", "hub") && document_.feed.hubs.size() < limits_.values_max)
      document_.feed.hubs.push_back(address(html::attribute(node, "href")));
  }

  std::string address(std::string_view given) { return addresses_.resolved(base_, given); }

  std::string text(NodeId id) const { return text_value(page_, id, limits_.text_bytes_max); }
  std::string address_of(NodeId id) {
    return address(address_value(page_, id, limits_.text_bytes_max));
  }

  // Calls `take(id, property, is_root)` for the properties of the microformat at `root` that are no
  // other's.
  template <class Take>
  void for_each_property(NodeId root, const Take& take) {
    const MicroformatRoot kind = microformat_root(page_[root]);
    for (NodeId at = root + 1; at < page_[root].end;) {
      const Node& node = page_[at];
      const bool is_root = !microformat_root(node).name.empty();
      for (const std::string_view property :
           microformat_properties(node, kind.name, kind.vocabulary)) {
        take(at, property, is_root);
      }
      at = is_root || node.tag == Tag::Template ? node.end : at + 1;
    }
  }

  void read_feed(NodeId feed) {
    Feed& to = document_.feed;
    for_each_property(feed, [&](NodeId id, std::string_view property, bool is_root) {
      if (property == "p-name" && to.title.empty()) to.title = text(id);
      if (property == "p-summary" && to.description.empty()) to.description = text(id);
      if (property == "u-url" && to.url.empty()) to.url = address_of(id);
      if (property == "u-uid" && to.id.empty()) to.id = address_of(id);
      if (property == "u-photo" && to.image.empty()) to.image = address_of(id);
      if (property == "p-author") add_author(to.authors, id, is_root);
    });
  }

  Entry read_entry(NodeId root) {
    Entry entry;
    Found found;
    for_each_property(root, [&](NodeId id, std::string_view property, bool is_root) {
      found.has_text =
          found.has_text || is_root || property.starts_with("p-") || property.starts_with("e-");
      found.has_address = found.has_address || is_root || property.starts_with("u-");
      take_property(entry, found, id, property, is_root);
    });
    imply(entry, found, root);
    if (entry.id.empty()) entry.id = entry.url;
    entry.id_is_url = istarts_with(entry.id, "http://") || istarts_with(entry.id, "https://");
    if (entry.url.empty() && entry.id_is_url) entry.url = entry.id;
    entry.language = utf8_prefix(html::attribute(page_[root], "lang"), limits_.text_bytes_max);
    if (!(entry.summary_html.empty() && entry.content_html.empty()))
      entry.base_url = addresses_.copied(base_);
    return entry;
  }

  struct Found {
    NodeId content = kNoNode;
    bool has_text = false;     // any p-… or e-… property, or a nested microformat
    bool has_address = false;  // any u-… property
  };

  void take_property(Entry& entry, Found& found, NodeId id, std::string_view property,
                     bool is_root) {
    if (property == "p-name" && entry.title.empty()) {
      entry.title = text(id);
    } else if (property == "u-url" && entry.url.empty()) {
      entry.url = address_of(id);
    } else if (property == "u-uid" && entry.id.empty()) {
      entry.id = address_of(id);
    } else if (property == "p-summary" && entry.summary_html.empty()) {
      entry.summary_html = text::escape_html(text(id));
    } else if (property == "e-content" && found.content == kNoNode) {
      found.content = id;
      entry.content_html = limited(html_value(page_, id));
    } else if (property == "dt-published" && !entry.published) {
      entry.published = date(id);
    } else if (property == "dt-updated" && !entry.updated) {
      entry.updated = date(id);
    } else if (property == "p-author" || property == "u-author") {
      add_author(entry.authors, id, is_root);
    } else if (property == "p-category" || property == "u-category") {
      add_category(entry, id);
    } else if (property == "u-featured" || (property == "u-photo" && entry.image.empty())) {
      entry.image = address_of(id);
    } else if (property == "u-audio" || property == "u-video") {
      add_enclosure(entry, id);
    } else if (property == "u-comment" && entry.comments_url.empty() && !is_root) {
      entry.comments_url = address_of(id);
    }
  }

  // Implied properties; and a note, whose name is but its content, has no title.
  void imply(Entry& entry, const Found& found, NodeId root) {
    if (!found.has_text && entry.content_html.empty()) {
      entry.content_html = limited(html_value(page_, root));
    } else if (found.content != kNoNode && !entry.title.empty() &&
               entry.title == plain_text_of(page_, found.content, limits_.text_bytes_max)) {
      entry.title.clear();
    }
    if (!entry.url.empty() || found.has_address) return;
    if (page_[root].tag == Tag::A) {
      entry.url = address(html::attribute(page_[root], "href"));
      return;
    }
    if (const NodeId link = only_child(root, Tag::A); link != kNoNode)
      entry.url = address(html::attribute(page_[link], "href"));
  }

  // The one child with this tag (":only-of-type") that is no microformat.
  NodeId only_child(NodeId parent, Tag tag) const {
    NodeId only = kNoNode;
    for (NodeId child = html::first_child(page_, parent); child != kNoNode;
         child = page_[child].next_sibling) {
      if (page_[child].tag != tag) continue;
      if (only != kNoNode) return kNoNode;
      only = child;
    }
    return only != kNoNode && microformat_root(page_[only]).name.empty() ? only : kNoNode;
  }

  void add_author(std::vector<Person>& authors, NodeId id, bool is_root) {
    if (authors.size() >= limits_.values_max) return;
    const NodeId card = is_root ? id : card_below(page_, id);
    Person person = card != kNoNode ? read_card(card) : Person{.name = text(id)};
    if (card == kNoNode && page_[id].tag == Tag::A) person.url = address_of(id);
    if (person == Person{} || std::find(authors.begin(), authors.end(), person) != authors.end())
      return;
    authors.push_back(std::move(person));
  }

  Person read_card(NodeId card) {
    Person person;
    for_each_property(card, [&](NodeId id, std::string_view property, bool) {
      if (property == "p-name" && person.name.empty()) person.name = text(id);
      if (property == "u-url" && person.url.empty()) person.url = address_of(id);
      if (property == "u-email" && person.email.empty()) person.email = email_of(id);
    });
    if (person.name.empty()) person.name = text(card);
    if (person.url.empty() && page_[card].tag == Tag::A) person.url = address_of(card);
    const NodeId link = person.url.empty() ? only_child(card, Tag::A) : kNoNode;
    if (link != kNoNode) person.url = address_of(link);
    return person;
  }

  std::string email_of(NodeId id) const {
    std::string email = address_value(page_, id, limits_.text_bytes_max);
    if (istarts_with(email, "mailto:")) email.erase(0, 7);
    return email.substr(0, email.find('?'));
  }

  void add_category(Entry& entry, NodeId id) const {
    if (entry.categories.size() >= limits_.values_max) return;
    Category category{.term = text(id)};
    const bool is_known = std::find(entry.categories.begin(), entry.categories.end(), category) !=
                          entry.categories.end();
    if (!category.term.empty() && !is_known) entry.categories.push_back(std::move(category));
  }

  void add_enclosure(Entry& entry, NodeId id) {
    if (entry.enclosures.size() >= limits_.values_max) return;
    Enclosure enclosure{.url = address_of(id),
                        .type = std::string(utf8_prefix(html::attribute(page_[id], "type"), 200))};
    if (!enclosure.url.empty()) entry.enclosures.push_back(std::move(enclosure));
  }

  std::optional<Time> date(NodeId id) const {
    const std::string value = date_value(page_, id, limits_.text_bytes_max);
    if (value.empty()) return std::nullopt;
    const std::optional<Time> read = text::parse_feed_date(value);
    if (!read) {
      add_problem(document_.problems,
                  fmt::format("A date could not be read: \"{}\".", utf8_prefix(value, 40)));
    }
    return read;
  }

  std::string limited(std::string html) const {
    if (html.size() <= limits_.html_bytes_max) return html;
    add_problem(document_.problems, "A text was longer than its limit and was cut.");
    return std::string(utf8_prefix(html, limits_.html_bytes_max));
  }

  const Document& page_;
  const ParseLimits& limits_;
  FeedDocument& document_;
  Addresses addresses_;
  std::string base_;
  std::string page_title_;
  std::string page_language_;
};

}  // namespace

bool read_h_feed(std::string_view utf8, std::string_view url, const ParseLimits& limits,
                 FeedDocument& document) {
  if (!may_have_entries(utf8)) return false;
  const Document page = Document::parse(utf8);
  NodeId feed = page.root();
  std::vector<NodeId> entries;
  for (NodeId at = 0; at < page.size() && entries.empty();) {
    const bool is_feed = microformat_root(page[at]).name == "h-feed";
    if (is_feed) entries = entries_below(page, at, limits.entries_max + 1);
    if (!entries.empty()) feed = at;
    at = is_feed ? page[at].end : at + 1;
  }
  if (entries.empty()) entries = entries_below(page, page.root(), limits.entries_max + 1);
  if (entries.empty() || is_only_a_theme(page, entries)) return false;
  HFeedReader(page, url, limits, document).read(feed, entries);
  if (page.truncated()) add_problem(document.problems, "The page was too large and was cut.");
  return true;
}

}  // namespace tidings::parse

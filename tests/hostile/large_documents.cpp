// A million of everything.
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

using publisher::Piece;

constexpr std::size_t kMillion = 1'000'000;
constexpr Bounds kHeavy{
    .time = std::chrono::seconds(25), .bytes_sent = kBodyBytesSent, .megabytes = 30};

// So that a title of 50 MB is made while it is sent.
std::function<Play(const Cell&)> streams(std::vector<Piece> (*pieces)(Form)) {
  return [pieces](const Cell& cell) {
    std::vector<Piece> all = pieces(cell.form);
    all.insert(all.begin(), Piece{head(cell.form, "")});
    return answers(cell, publisher::in_pieces(std::move(all)));
  };
}

constexpr std::string_view kMark = "@@";

// A document with one entry, cut where the mark stands.
std::vector<Piece> around_mark(Form form, const EntryText& text, Piece inside,
                               std::string_view doctype = {}, std::string_view attributes = {}) {
  const std::string whole = document_with(form, text, doctype, attributes);
  const std::size_t mark = whole.find(kMark);
  return {{whole.substr(0, mark)}, std::move(inside), {whole.substr(mark + kMark.size())}};
}

std::vector<Piece> entries(Form form, std::size_t count, std::string_view one_xml,
                           std::string_view one_json) {
  const std::string element = form == Form::Atom ? "entry" : "item";
  std::string one(is_xml(form) ? one_xml : one_json);
  for (std::size_t at; (at = one.find("ITEM")) != std::string::npos;) one.replace(at, 4, element);
  return {{open(form)}, {one, count}, {is_xml(form) ? close(form) : "{}" + close(form)}};
}

std::vector<Piece> million_entries(Form form) {
  return entries(form, kMillion, "<ITEM/>", "{},");
}

std::vector<Piece> million_small_entries(Form form) {
  return entries(form, 300'000, "<ITEM><title>a</title></ITEM>", "{\"title\":\"a\"},");
}

std::vector<Piece> million_levels(Form form) {
  if (!is_xml(form)) return {{open(form)}, {"[", kMillion}, {"]", kMillion}, {close(form)}};
  return {{open(form)}, {"<a>", kMillion}, {"</a>", kMillion}, {close(form)}};
}

std::vector<Piece> million_levels_in_content(Form form) {
  if (!is_xml(form)) return around_mark(form, {.content = "@@"}, {"<div>", kMillion});
  return around_mark(form, {.content = "<![CDATA[@@]]>"}, {"<div>", kMillion});
}

std::vector<Piece> million_attributes(Form form) {
  std::string attributes;
  for (std::size_t i = 0; i < kMillion; ++i)
    attributes +=
        is_xml(form) ? " a" + std::to_string(i) + "=''" : ",\"a" + std::to_string(i) + "\":0";
  if (!is_xml(form)) return {{document_with(form, {.extra = attributes})}};
  return {{document_with(form, {.extra = "<link" + attributes + "/>"})}};
}

std::vector<Piece> million_attributes_in_content(Form form) {
  std::string attributes;
  for (std::size_t i = 0; i < kMillion; ++i) attributes += " a" + std::to_string(i) + "=b";
  const std::string tag = "<p" + attributes + ">";
  return {{document_with(form, {.content = is_xml(form) ? "<![CDATA[" + tag + "]]>" : tag})}};
}

std::vector<Piece> same_attribute(Form form) {
  if (!is_xml(form)) return {{document_with(form, {.extra = repeated(",\"id\":\"x\"", kMillion)})}};
  return around_mark(form, {.extra = "<link @@/>"}, {"a='b' ", kMillion});
}

std::vector<Piece> namespaces(Form form) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) {
    const std::string number = std::to_string(i);
    text += is_xml(form) ? " xmlns:n" + number + "='urn:n" + number + "'"
                         : ",\"_n" + number + "\":{\"about\":\"urn:n\"}";
  }
  if (!is_xml(form)) return {{document_with(form, {.extra = text})}};
  return {{document_with(form, {}, {}, text)}};
}

// Each level names its own, and all are in force at the deepest.
std::vector<Piece> namespaces_in_levels(Form form) {
  std::string text;
  for (int i = 0; i < 200; ++i) {
    const std::string number = std::to_string(i);
    text += is_xml(form) ? "<n" + number + ":a xmlns:n" + number + "='urn:n" + number + "'>"
                         : "{\"n" + number + "\":";
  }
  std::string inside = repeated(is_xml(form) ? "<x:y xmlns:x='urn:x'/>" : "[0],", 100'000);
  return {{open(form)}, {text}, {inside}};
}

std::vector<Piece> fifty_megabyte_entry(Form form) {
  return around_mark(form, {.content = "@@"}, {"All work and no play. ", 2'500'000});
}

std::vector<Piece> fifty_megabyte_title(Form form) {
  return around_mark(form, {.title = "@@"}, {"All work and no play. ", 2'500'000});
}

std::vector<Piece> large_entry(Form form) {
  return around_mark(form, {.content = "@@"}, {"All work and no play. ", 600'000});
}

std::vector<Piece> large_title(Form form) {
  return around_mark(form, {.title = "@@"}, {"All work and no play. ", 600'000});
}

std::vector<Piece> large_id(Form form) {
  return around_mark(form, {.id = "@@"}, {"https://good.example/", 600'000});
}

std::vector<Piece> large_comment(Form form) {
  if (!is_xml(form)) return around_mark(form, {.extra = ",\"_comment\":\"@@\""}, {"-", 13'000'000});
  return around_mark(form, {.extra = "<!--@@-->"}, {" -", 6'000'000});
}

std::vector<Piece> large_white_space(Form form) {
  return {{open(form)}, {" \n", 6'000'000}, {entry(form, {})}, {close(form)}};
}

std::vector<Piece> large_white_space_first(Form form) {
  return {{" \n", 6'000'000}, {document(form)}};
}

std::vector<Piece> large_tail(Form form) {
  return {{document(form)}, {" \n", 6'000'000}};
}

std::vector<Piece> categories(Form form) {
  if (!is_xml(form))
    return around_mark(form, {.extra = ",\"tags\":[@@\"a\"]"}, {"\"a\",", kMillion});
  if (form == Form::Atom)
    return around_mark(form, {.extra = "@@"}, {"<category term='a'/>", 500'000});
  return around_mark(form, {.extra = "@@"}, {"<category>a</category>", 500'000});
}

std::vector<Piece> enclosures(Form form) {
  if (!is_xml(form)) {
    return around_mark(form, {.extra = ",\"attachments\":[@@{}]"},
                       {"{\"url\":\"https://good.example/a.mp3\"},", 250'000});
  }
  return around_mark(form, {.extra = "@@"},
                     {"<enclosure url='https://good.example/a.mp3' length='-1'/>", 200'000});
}

std::vector<Piece> authors(Form form) {
  if (!is_xml(form))
    return around_mark(form, {.extra = ",\"authors\":[@@{}]"}, {"{\"name\":\"a\"},", 500'000});
  return around_mark(form, {.extra = "@@"}, {"<author><name>a</name></author>", 400'000});
}

std::vector<Piece> long_dates(Form form) {
  if (!is_xml(form))
    return around_mark(form, {.extra = ",\"date_published\":\"@@\""}, {"9", 5'000'000});
  return around_mark(form, {.extra = "<pubDate>@@</pubDate>"}, {"Mon, ", 2'000'000});
}

}  // namespace

Behaviors large_documents() {
  const Expected too_large = fails({"too_large"});
  const Expected one = is_read(1, 1);
  const Expected some = is_read(0, 10'000);
  const auto heavy = [](std::string name, std::vector<Piece> (*pieces)(Form), Expected xml,
                        Expected json) {
    return HostileBehavior{std::move(name), streams(pieces), std::move(xml), std::move(json),
                           kHeavy};
  };
  return {
      heavy("million-entries", million_entries, some, some),
      heavy("million-small-entries", million_small_entries, some, some),
      heavy("million-levels", million_levels, fails({"too_deep"}),
            fails({"too_deep", "not_a_feed"})),
      heavy("million-levels-in-content", million_levels_in_content, one, one),
      heavy("million-attributes", million_attributes, one, one),
      heavy("million-attributes-in-content", million_attributes_in_content, one, one),
      heavy("million-times-the-same-attribute", same_attribute, one, one),
      heavy("namespaces-by-the-hundred-thousand", namespaces, is_read(1, 1, {"not_a_feed"}), one),
      heavy("namespaces-in-levels", namespaces_in_levels, is_read(0, 1, {"too_deep", "not_a_feed"}),
            fails({"too_deep", "not_a_feed"})),
      heavy("entry-of-fifty-megabytes", fifty_megabyte_entry, too_large, too_large),
      heavy("title-of-fifty-megabytes", fifty_megabyte_title, too_large, too_large),
      heavy("entry-of-thirteen-megabytes", large_entry, one, one),
      heavy("title-of-thirteen-megabytes", large_title, one, one),
      heavy("id-of-thirteen-megabytes", large_id, is_read(0, 1), is_read(0, 1)),
      heavy("comment-of-twelve-megabytes", large_comment, one, one),
      heavy("blanks-of-twelve-megabytes", large_white_space, one, one),
      heavy("blanks-of-twelve-megabytes-first", large_white_space_first, is_read(), is_read()),
      heavy("blanks-of-twelve-megabytes-last", large_tail, is_read(), is_read()),
      heavy("categories-by-the-million", categories, one, one),
      heavy("enclosures-by-the-hundred-thousand", enclosures, one, one),
      heavy("authors-by-the-hundred-thousand", authors, one, one),
      heavy("date-of-ten-megabytes", long_dates, one, one),
  };
}

}  // namespace tidings::hostile

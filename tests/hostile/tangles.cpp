// Ill-formed documents and markup that tempt a tolerant reader to look through the same bytes again
// and again.
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

constexpr Bounds kHeavy{
    .time = std::chrono::seconds(25), .bytes_sent = kBodyBytesSent, .megabytes = 20};
const Expected kAnything =
    is_read(0, 10'000, {"not_a_feed", "too_deep", "too_large", "entity_bomb"});

// After the beginning of a sound document.
HostileBehavior then(std::string name, std::string again, std::size_t times,
                     std::string behind = {}) {
  return {"tangle-of-" + name,
          [again, times, behind](const Cell& cell) {
            return answers(cell, publisher::in_pieces({{head(cell.form, "") + open(cell.form)},
                                                       {again, scaled(times)},
                                                       {behind + close(cell.form)}}));
          },
          kAnything, kAnything, kHeavy};
}

// As the HTML of an entry, escaped so that it is HTML once the document was read.
HostileBehavior content(std::string name, std::string again, std::size_t times,
                        std::string before = {}) {
  return {"content-of-" + name,
          [again, times, before](const Cell& cell) {
            const bool xml = is_xml(cell.form);
            const std::string whole =
                document_with(cell.form, {.content = xml ? "<![CDATA[@@]]>" : "@@"});
            const std::size_t mark = whole.find("@@");
            return answers(
                cell, publisher::in_pieces({{head(cell.form, "") + whole.substr(0, mark) + before},
                                            {again, scaled(times)},
                                            {whole.substr(mark + 2)}}));
          },
          is_read(1, 1), is_read(1, 1), kHeavy};
}

HostileBehavior numbered_content(std::string name, std::string (*one)(int), int count) {
  return {"content-of-" + name,
          [one, count](const Cell& cell) {
            std::string html;
            const auto most = static_cast<int>(scaled(static_cast<std::size_t>(count)));
            for (int i = 0; i < most; ++i) html += one(i);
            return answers(
                cell, feed(cell.form,
                           document_with(cell.form,
                                         {.content = is_xml(cell.form) ? "<![CDATA[" + html + "]]>"
                                                                       : html})));
          },
          is_read(1, 1), is_read(1, 1), kHeavy};
}

}  // namespace

Behaviors tangles() {
  return {
      then("comments-not-ended", "<!--", 1'000'000),
      then("cdata-not-ended", "<![CDATA[", 1'000'000),
      then("instructions-not-ended", "<?a ", 1'000'000),
      then("declarations-not-ended", "<!DOCTYPE a [", 500'000),
      then("ampersands", "&", 5'000'000),
      then("entities-not-ended", "&amp", 1'000'000),
      then("entities-unknown", "&a;", 1'000'000),
      then("characters-by-number", "&#x10FFFF;&#0;&#999999999999;", 200'000),
      then("angles", "<", 5'000'000),
      then("angles-and-letters", "<a", 2'000'000),
      then("tags-not-ended", "<a b=", 1'000'000),
      then("quotes-not-ended", "<a b=\"", 1'000'000),
      then("end-tags", "</a>", 1'000'000),
      then("end-tags-of-what-is-open", "</item></entry></channel>", 300'000),
      then("entries-not-closed", "<item><title>", 300'000),
      then("tags-crossed", "<b><i></b></i>", 300'000),
      then("roots", "<rss><feed><rdf:RDF>", 200'000),
      then("brackets", "[{\"a\":[", 500'000),
      then("json-strings-not-ended", "\"", 3'000'000),
      then("cdata-ends", "]]>", 1'000'000),
      then("xml-declarations", "<?xml version='1.0'?>", 200'000),
      content("divs", "<div>", 500'000),
      content("bold", "<b>", 500'000),
      content("bold-paragraphs", "<b><p>", 200'000),
      content("links", "<a>", 500'000),
      content("tables", "<table>", 200'000),
      content("tables-with-text", "<table>a<b>", 100'000),
      content("table-cells", "<tr><td>", 200'000, "<table>"),
      content("selects", "<select><option>", 200'000),
      content("lists", "<ul><li>", 200'000),
      content("crossed-formatting", "<b><i><u></b></i></u><p>", 100'000),
      content("templates", "<template>", 200'000),
      content("svg", "<svg><math>", 200'000),
      content("headings", "<h1><h2>", 200'000),
      content("comments-not-ended", "<!--", 500'000),
      content("entities", "&nGg;&amp&lt", 500'000),
      content("images", "<img src=/a>", 300'000),
      content("frames", "<iframe src='https://www.youtube.com/embed/a'></iframe>", 50'000),
      content("quotes-not-ended", "<a href='", 500'000),
      content("formats-in-formats", "<a><b><i><u><s><em>", 50'000),
      content("buttons", "<button><p>", 200'000),
      content("frameset", "<frameset><body>", 200'000),
      numbered_content(
          "formats-with-attributes", [](int i) { return "<b class=c" + std::to_string(i) + ">"; },
          100'000),
      numbered_content(
          "formats-with-attributes-in-paragraphs",
          [](int i) { return "<p><b class=c" + std::to_string(i) + ">"; }, 100'000),
      numbered_content(
          "elements-each-with-its-own-name", [](int i) { return "<x" + std::to_string(i) + ">"; },
          200'000),
      numbered_content(
          "relative-addresses",
          [](int i) { return "<a href=../../" + std::to_string(i) + ">a</a>"; }, 200'000),
  };
}

}  // namespace tidings::hostile

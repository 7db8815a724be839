#include "attack_documents.h"

#include <nlohmann/json.hpp>

#include "core/utf8.h"
#include "text/html_entities.h"

namespace tidings::corpus {
namespace {

// @ is where the string goes as element content, $ where it goes as an attribute's value.
constexpr std::string_view kRss = R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
 xmlns:georss="http://www.georss.org/georss" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
 xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel><title>@</title><link>@</link><description>@</description><language>@</language><copyright>@</copyright>
<managingEditor>@</managingEditor><webMaster>@</webMaster><generator>@</generator><category domain="$">@</category><docs>@</docs>
<image><url>@</url><title>@</title><link>@</link></image><atom:link rel="self" href="$"/><atom:link rel="hub" href="$"/>
<itunes:author>@</itunes:author><itunes:summary>@</itunes:summary><itunes:image href="$"/><itunes:category text="$"/>
<itunes:owner><itunes:name>@</itunes:name><itunes:email>@</itunes:email></itunes:owner><sy:updatePeriod>@</sy:updatePeriod>
<item><title>@</title><link>@</link><guid>@</guid><description>@</description><content:encoded>@</content:encoded>
<author>@</author><dc:creator>@</dc:creator><category domain="$">@</category><comments>@</comments><pubDate>@</pubDate>
<enclosure url="$" type="$" length="$"/><source url="$">@</source><dc:rights>@</dc:rights><dc:language>@</dc:language>
<media:content url="$" type="$" medium="$"><media:title>@</media:title><media:description type="html">@</media:description>
<media:thumbnail url="$"/><media:credit role="$">@</media:credit><media:player url="$"/></media:content><media:keywords>@</media:keywords>
<itunes:image href="$"/><itunes:summary>@</itunes:summary><itunes:keywords>@</itunes:keywords><itunes:duration>@</itunes:duration>
<georss:point>@</georss:point><slash:comments>@</slash:comments><thr:in-reply-to ref="$" href="$"/>
<podcast:transcript url="$" type="$"/><podcast:person href="$" img="$">@</podcast:person></item>
<item xml:base="$"><title>second</title><link>https://feed.example/2</link><guid isPermaLink="true">$</guid>
<description>&lt;img src="i.png"&gt;&lt;a href="p"&gt;x&lt;/a&gt;@</description></item></channel></rss>)";

constexpr std::string_view kRdf = R"(<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="$"><title>@</title><link>@</link><description>@</description><dc:language>@</dc:language><dc:rights>@</dc:rights>
<dc:creator>@</dc:creator><image rdf:resource="$"/></channel><image rdf:about="$"><title>@</title><url>@</url><link>@</link></image>
<item rdf:about="$"><title>@</title><link>@</link><description>@</description><dc:creator>@</dc:creator><dc:subject>@</dc:subject>
<dc:date>@</dc:date><dc:identifier>@</dc:identifier><content:encoded>@</content:encoded></item></rdf:RDF>)";

// ~ is the type of the text constructs.
constexpr std::string_view kAtom = R"(<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="$"><id>@</id><title type="~">@</title><subtitle type="~">@</subtitle>
<rights type="~">@</rights><logo>@</logo><icon>@</icon><generator uri="$" version="$">@</generator><link href="$"/>
<link rel="self" href="$"/><link rel="hub" href="$"/><author><name>@</name><email>@</email><uri>@</uri></author>
<category term="$" label="$" scheme="$"/><entry><id>@</id><title type="~">@</title><link href="$" title="$" type="$"/>
<link rel="enclosure" href="$" type="$" title="$" length="$"/><link rel="replies" href="$"/><link rel="related" href="$"/>
<author><name>@</name><email>@</email><uri>@</uri></author><contributor><name>@</name><uri>@</uri></contributor>
<category term="$" label="$" scheme="$"/><rights type="~">@</rights><published>@</published><updated>@</updated>
<summary type="~">@</summary><content type="~">@</content></entry>
<entry xml:base="$"><id>$</id><title>second</title><link href="p"/><content type="html">&lt;img src="i.png"&gt;@</content></entry>
<entry><id>third</id><title>third</title><link href="https://feed.example/3"/><content type="$" src="$"/></entry></feed>)";

enum class Written { Escaped, EscapedTwice, CData, AsItStands };

std::string in_cdata(std::string_view attack) {
  std::string safe;
  for (std::size_t at = 0; at < attack.size(); ++at) {
    safe += attack[at];
    if (attack.substr(at, 2) == "]]") safe += "]]><![CDATA[";
  }
  return "<![CDATA[" + safe + "]]>";
}

std::string content_of(std::string_view attack, Written written) {
  switch (written) {
    case Written::Escaped:
      return text::escape_html(attack);
    case Written::EscapedTwice:
      return text::escape_html(text::escape_html(attack));
    case Written::CData:
      return in_cdata(attack);
    case Written::AsItStands:
      return std::string(attack);
  }
  return {};
}

std::string filled(std::string_view form, std::string_view attack, Written written,
                   std::string_view type) {
  const std::string content = content_of(attack, written);
  const std::string value = written == Written::EscapedTwice ? content : text::escape_html(attack);
  std::string bytes;
  for (const char c : form) {
    if (c == '@') {
      bytes += content;
    } else if (c == '$') {
      bytes += value;
    } else if (c == '~') {
      bytes += type;
    } else {
      bytes += c;
    }
  }
  return bytes;
}

// Every value that is a text.
void fill(nlohmann::json& value, const std::string& attack) {
  if (value.is_string() && value == "@") value = attack;
  if (value.is_structured()) {
    for (auto& inner : value) fill(inner, attack);
  }
}

std::string json_feed(std::string_view attack) {
  nlohmann::json feed = nlohmann::json::parse(R"({"version":"https://jsonfeed.org/version/1.1",
    "title":"@","home_page_url":"@","feed_url":"@","description":"@","user_comment":"@","icon":"@","favicon":"@","language":"@",
    "authors":[{"name":"@","url":"@","avatar":"@"}],"hubs":[{"type":"@","url":"@"}],
    "items":[{"id":"@","url":"@","external_url":"@","title":"@","content_html":"@","summary":"@","image":"@","banner_image":"@",
      "date_published":"@","date_modified":"@","authors":[{"name":"@","url":"@","avatar":"@"}],"tags":["@","@"],"language":"@",
      "attachments":[{"url":"@","mime_type":"@","title":"@"}],"_extra":{"x":"@"}},
     {"id":"2","title":"second","content_text":"@","author":{"name":"@","url":"@"}}]})");
  fill(feed, repaired_utf8(attack));
  return feed.dump();
}

}  // namespace

std::vector<AttackDocument> attack_documents(std::string_view attack) {
  const auto in = [&](std::string_view form, Written written, std::string_view type) {
    return filled(form, attack, written, type);
  };
  return {
      {"rss escaped", in(kRss, Written::Escaped, "")},
      {"rss escaped twice", in(kRss, Written::EscapedTwice, "")},
      {"rss cdata", in(kRss, Written::CData, "")},
      {"rss as it stands", in(kRss, Written::AsItStands, "")},
      {"rdf escaped", in(kRdf, Written::Escaped, "")},
      {"rdf escaped twice", in(kRdf, Written::EscapedTwice, "")},
      {"atom text", in(kAtom, Written::Escaped, "text")},
      {"atom html", in(kAtom, Written::Escaped, "html")},
      {"atom html cdata", in(kAtom, Written::CData, "html")},
      {"atom html twice", in(kAtom, Written::EscapedTwice, "html")},
      {"atom xhtml", in(kAtom, Written::AsItStands, "xhtml")},
      {"json", json_feed(attack)},
  };
}

}  // namespace tidings::corpus

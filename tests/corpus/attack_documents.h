// Feed documents that carry one string in every field that the format has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidings::corpus {

struct AttackDocument {
  std::string name;  // of the format and of how the string is written in it
  std::string bytes;
};

// RSS, RDF and Atom (escaped once and twice, in CDATA, and as it stands: the document is ill-formed
// then), Atom also as XHTML, and JSON Feed.
std::vector<AttackDocument> attack_documents(std::string_view attack);

}  // namespace tidings::corpus

// Xapian as a peer of the search benchmark: positional postings, BM25 with the same constants,
// newest by document id.
//
//   search_xapian index|query|add CORPUS INDEX [CLASS,…]      INDEX is a folder
#include <cstdio>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <fmt/format.h>
#include <xapian.h>

#include "bench/search/peer.h"

namespace tidings::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kBatch = 50'000;  // documents a commit while the index is built
constexpr Xapian::valueno kTime = 0;

Xapian::Document document_of(std::string_view text) {
  Xapian::Document document;
  Xapian::termpos position = 0;
  for (const std::string_view word : split(text, ' '))
    document.add_posting(std::string{word}, ++position);
  return document;
}

// Columns are terms with an upper-case prefix, as Xapian's users write them; words are lower-case.
void add_columns(Xapian::Document& document, std::string_view line) {
  const std::vector<std::string_view> columns = split(line, '\t');
  document.add_value(kTime, Xapian::sortable_serialise(std::stod(std::string{columns[0]})));
  document.add_boolean_term(fmt::format("XSOURCE{}", columns[1]));
  document.add_boolean_term(fmt::format("XLANGUAGE{}", columns[3]));
}

std::vector<std::string> lines_of(const fs::path& file) {
  std::vector<std::string> lines;
  each_line(file, [&](std::string_view line) { lines.emplace_back(line); });
  return lines;
}

void index(const fs::path& corpus, const fs::path& index) {
  fs::remove_all(index);
  const std::vector<std::string> columns = lines_of(corpus / "meta.tsv");
  Xapian::WritableDatabase database(index.string(), Xapian::DB_CREATE_OR_OVERWRITE);
  std::uintmax_t bytes = 0;
  std::size_t number = 0;
  const double start = process_cpu_s();
  each_line(corpus / "corpus.txt", [&](std::string_view line) {
    Xapian::Document document = document_of(line);
    add_columns(document, columns.at(number));
    database.add_document(document);
    bytes += line.size() + 1;
    if (++number % kBatch == 0) database.commit();
  });
  database.commit();
  const double built = process_cpu_s() - start;
  const fs::path compacted = index.string() + ".compacted";
  database.compact(compacted.string());
  const double merged = process_cpu_s() - start;
  database.close();
  fs::remove_all(index);
  fs::rename(compacted, index);
  report_index("xapian", bytes, built, merged, size_of(index));
}

Xapian::Query condition(const Asked& asked) {
  const auto [name, value] = filter_of(asked);
  if (name == "source") return Xapian::Query("XSOURCE" + value);
  if (name == "language") return Xapian::Query("XLANGUAGE" + value);
  const auto [since, until] = times_of(value);
  return {Xapian::Query::OP_VALUE_RANGE, kTime,
          Xapian::sortable_serialise(static_cast<double>(since)),
          Xapian::sortable_serialise(static_cast<double>(until - 1))};
}

Xapian::Query query_of(const Asked& asked) {
  const Words words = words_of(asked);
  const auto joined = [](Xapian::Query::op by, const std::vector<std::string>& of) {
    return Xapian::Query(by, of.begin(), of.end());
  };
  Xapian::Query query;
  switch (words.form) {
    case Words::Form::Phrase:
      query = joined(Xapian::Query::OP_PHRASE, words.must);
      break;
    case Words::Form::AnyOf:
      query = joined(Xapian::Query::OP_OR, words.may);
      break;
    case Words::Form::AllOf:
      query = joined(Xapian::Query::OP_AND, words.must);
      break;
  }
  if (words.form == Words::Form::AllOf && !words.may.empty()) {
    query =
        Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, joined(Xapian::Query::OP_OR, words.may));
  }
  return asked.filter.empty() ? query
                              : Xapian::Query(Xapian::Query::OP_FILTER, query, condition(asked));
}

class XapianPeer final : public Peer {
 public:
  explicit XapianPeer(const fs::path& index)
      : database_(index.string()), best_(database_), newest_(database_) {
    best_.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
    newest_.set_weighting_scheme(Xapian::BoolWeight());
    newest_.set_docid_order(Xapian::Enquire::DESCENDING);
  }

  std::vector<Hit> top(const Asked& asked) override {
    Xapian::Enquire& enquire = asked.newest ? newest_ : best_;
    enquire.set_query(query_of(asked));
    const Xapian::MSet found = enquire.get_mset(0, kTop);
    std::vector<Hit> hits;
    for (auto hit = found.begin(); hit != found.end(); ++hit) {
      hits.push_back({static_cast<std::int64_t>(*hit) - 1, hit.get_weight()});
    }
    return hits;
  }

  std::int64_t count(const Asked& asked) override {
    newest_.set_query(query_of(asked));
    return newest_.get_mset(0, 0, database_.get_doccount())
        .get_matches_estimated();  // exact: all of them are looked at
  }

 private:
  Xapian::Database database_;
  Xapian::Enquire best_;
  Xapian::Enquire newest_;
};

void add(const fs::path& corpus, const fs::path& index) {
  const fs::path grown = index.string() + ".grown";
  fs::remove_all(grown);
  fs::copy(index, grown, fs::copy_options::recursive);
  {
    Xapian::WritableDatabase database(grown.string(), Xapian::DB_OPEN);
    measure_adding("xapian", corpus, [&](const std::vector<std::string>& documents) {
      for (const std::string& document : documents) database.add_document(document_of(document));
      database.commit();
    });
  }
  fs::remove_all(grown);
}

}  // namespace
}  // namespace tidings::bench

int main(int argc, char** argv) {
  namespace bench = tidings::bench;
  try {
    return bench::run_program(
        {.name = "xapian",
         .index = bench::index,
         .open = [](const auto& index) { return std::make_unique<bench::XapianPeer>(index); },
         .add = bench::add},
        argc, argv);
  } catch (const Xapian::Error& error) {
    std::fprintf(stderr, "search_xapian: %s\n", error.get_description().c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "search_xapian: %s\n", error.what());
  }
  return 1;
}

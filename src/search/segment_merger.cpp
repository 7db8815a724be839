#include "search/segment_merger.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "search/columns_writer.h"
#include "search/postings_writer.h"
#include "search/terms_writer.h"

namespace tidings::search {
namespace {

// Where a document of the output comes from.
struct Origin {
  std::uint32_t input = 0;
  std::uint32_t document = 0;
};

// Postings of one term by the numbers of the output. What no writer wrote (documents twice or out
// of their order, words without a place) is set right or left out.
class GatheredPostings {
 public:
  void begin(PostingsKind kind) {
    kind_ = kind;
    entries_.clear();
    positions_.clear();
    runs_.clear();
  }
  void add(Postings postings, std::span<const std::uint32_t> map) {
    runs_.push_back(entries_.size());
    for (; !postings.is_at_end(); postings.next_block()) {
      const std::span<const std::uint32_t> documents = postings.documents();
      const std::uint32_t* codes = postings.codes();
      for (std::uint32_t i = 0; i < documents.size(); ++i) {
        const std::uint32_t document = documents[i] < map.size() ? map[documents[i]] : kNoDocument;
        if (document == kNoDocument) continue;
        postings.positions(i, scratch_);
        if (kind_ == PostingsKind::Words && scratch_.empty()) continue;
        entries_.push_back({document, is_in_title(codes[i]),
                            static_cast<std::uint32_t>(positions_.size()),
                            static_cast<std::uint32_t>(scratch_.size())});
        positions_.insert(positions_.end(), scratch_.begin(), scratch_.end());
      }
    }
  }
  bool empty() const { return entries_.empty(); }
  void write(PostingsWriter& postings) {
    if (!is_ascending()) join_runs();
    postings.begin(kind_);
    for (const Entry& entry : entries_) {
      if (kind_ == PostingsKind::Values) {
        postings.add_value(entry.document);
      } else {
        postings.add(entry.document, entry.is_in_title,
                     std::span(positions_).subspan(entry.first, entry.count));
      }
    }
  }

 private:
  struct Entry {
    std::uint32_t document;
    bool is_in_title;
    std::uint32_t first, count;  // positions
  };
  // Each segment's are in order, and most often after those of the one before.
  void join_runs() {
    runs_.push_back(entries_.size());
    const std::span<const Entry> all = entries_;
    joined_.clear();
    for (std::size_t i = 0; i + 1 < runs_.size(); ++i) {
      merged_.clear();
      std::ranges::merge(joined_, all.subspan(runs_[i], runs_[i + 1] - runs_[i]),
                         std::back_inserter(merged_), {}, &Entry::document, &Entry::document);
      joined_.swap(merged_);
    }
    entries_.swap(joined_);
    if (!is_ascending()) set_right();
  }
  bool is_ascending() const {
    return std::ranges::adjacent_find(entries_, std::ranges::greater_equal(), &Entry::document) ==
           entries_.end();
  }
  void set_right() {
    std::ranges::sort(entries_, {}, &Entry::document);
    entries_.erase(std::ranges::unique(entries_, {}, &Entry::document).begin(), entries_.end());
  }

  PostingsKind kind_ = PostingsKind::Words;
  std::vector<Entry> entries_, joined_, merged_;
  std::vector<std::size_t> runs_;  // where each segment's begin
  std::vector<std::uint32_t> positions_, scratch_;
};

class Merger {
 public:
  Merger(std::span<const SegmentView> inputs, SegmentOutput& output,
         const std::function<bool()>& is_stopped)
      : inputs_(inputs), output_(output), is_stopped_(is_stopped) {}

  DocumentMaps run() {
    order_documents();
    write_columns();
    if (!is_stopped_()) write_terms();
    return std::move(maps_);
  }

 private:
  const Columns& columns(std::uint32_t input) const { return inputs_[input].segment->columns(); }

  void order_documents() {
    newest_first_.resize(inputs_.size());
    std::iota(newest_first_.begin(), newest_first_.end(), std::size_t{0});
    std::ranges::sort(newest_first_, std::greater<>(), [&](std::size_t i) {
      return inputs_[i].documents() == 0 ? 0 : inputs_[i].segment->columns().published(0);
    });
    for (std::uint32_t i = 0; i < inputs_.size(); ++i) {
      maps_.emplace_back(inputs_[i].documents(), kNoDocument);
      for (std::uint32_t document = 0; document < inputs_[i].documents(); ++document) {
        if (!inputs_[i].is_dead(document)) origins_.push_back({i, document});
      }
    }
    std::ranges::sort(origins_, [&](const Origin& a, const Origin& b) {
      const auto key = [&](const Origin& one) {
        return std::pair(columns(one.input).published(one.document),
                         columns(one.input).id(one.document));
      };
      return key(a) > key(b);
    });
    for (std::uint32_t i = 0; i < origins_.size(); ++i)
      maps_[origins_[i].input][origins_[i].document] = i;
  }

  void write_columns() {
    ColumnsWriter writer(output_[Part::Columns]);
    std::vector<DocumentFacts> facts;
    facts.reserve(origins_.size());
    for (const Origin& origin : origins_) {
      facts.push_back(facts_of(origin));
      length_codes_.push_back(facts.back().length_code);
      words_total_ += facts.back().words;
    }
    writer.add_facts(facts);
    facts = {};
    for (std::size_t i = 0; i < kNamedColumns; ++i)
      write_named(writer, static_cast<NamedColumn>(i));
    writer.finish();
  }

  DocumentFacts facts_of(const Origin& origin) const {
    const Columns& from = columns(origin.input);
    const std::uint32_t document = origin.document;
    const StoryPlace story = inputs_[origin.input].story(document);
    return {.id = from.id(document),
            .published = from.published(document),
            .version = from.version(document),
            .words = from.words()[document],
            .length_code = from.length_codes()[document],
            .title_words = from.title_words()[document],
            .sentiment = from.sentiments()[document],
            .language = from.languages()[document],
            .story = story.story,
            .story_size = story.size,
            .copy_of = story.copy_of};
  }

  void write_named(ColumnsWriter& writer, NamedColumn column) const {
    std::vector<std::string_view> names;
    for (std::uint32_t i = 0; i < inputs_.size(); ++i) {
      const NamesOfColumn& there = columns(i).named(column).names();
      for (std::uint32_t k = 0; k < there.size(); ++k) names.push_back(there.text(k));
    }
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    std::vector<std::vector<std::uint32_t>> numbers(inputs_.size());
    for (std::uint32_t i = 0; i < inputs_.size(); ++i) {
      const NamesOfColumn& there = columns(i).named(column).names();
      numbers[i].reserve(there.size());
      for (std::uint32_t k = 0; k < there.size(); ++k)
        numbers[i].push_back(static_cast<std::uint32_t>(
            std::ranges::lower_bound(names, there.text(k)) - names.begin()));
    }
    std::vector<std::uint32_t> found;
    writer.add_named(column, names, [&](std::uint32_t document) {
      const Origin& origin = origins_[document];
      const NumberColumn& from = columns(origin.input).named(column);
      const std::vector<std::uint32_t>& here = numbers[origin.input];
      found.clear();
      if (is_list(column)) {
        from.each(origin.document, [&](std::uint32_t number) {
          if (number < here.size()) found.push_back(here[number]);
        });
      } else if (!here.empty()) {
        found.push_back(here[from.at(origin.document)]);
      }
      return std::span<const std::uint32_t>(found);
    });
  }

  void write_terms() {
    const double mean_words = static_cast<double>(words_total_) /
                              static_cast<double>(std::max<std::size_t>(origins_.size(), 1));
    PostingsWriter postings(output_[Part::Postings], output_[Part::Positions], length_codes_,
                            mean_words);
    TermsWriter terms(output_[Part::Terms]);
    std::vector<Terms::Walk> walks;
    for (const SegmentView& input : inputs_) walks.push_back(input.segment->terms().walk());
    GatheredPostings gathered;
    while (!is_stopped_()) {
      const Terms::Walk* first = nullptr;
      for (const Terms::Walk& walk : walks) {
        if (!walk.is_at_end() && (first == nullptr || walk.term() < first->term())) first = &walk;
      }
      if (first == nullptr) break;
      write_term(std::string(first->term()), walks, gathered, postings, terms);
    }
    postings.finish();
    terms.finish();
  }

  void write_term(const std::string& term, std::vector<Terms::Walk>& walks,
                  GatheredPostings& gathered, PostingsWriter& postings, TermsWriter& terms) {
    const PostingsKind kind =
        term.starts_with(kWordKind) ? PostingsKind::Words : PostingsKind::Values;
    std::uint64_t languages = 0;
    gathered.begin(kind);
    for (const std::size_t i : newest_first_) {
      if (walks[i].is_at_end() || walks[i].term() != term) continue;
      languages |= walks[i].record().languages;
      if (walks[i].record().documents > 0)
        gathered.add(Postings(inputs_[i].segment->place(walks[i].record(), kind)), maps_[i]);
      walks[i].next();
    }
    if (term.starts_with(kFoldedKind))
      return terms.add(term, {.offset = output_[Part::Postings].size()}, 0);
    if (gathered.empty()) return;
    gathered.write(postings);
    terms.add(term, postings.end(), languages);
  }

  std::span<const SegmentView> inputs_;
  SegmentOutput& output_;
  const std::function<bool()>& is_stopped_;
  DocumentMaps maps_;
  std::vector<std::size_t> newest_first_;  // inputs
  std::vector<Origin> origins_;            // by document of the output
  std::vector<std::uint8_t> length_codes_;
  std::uint64_t words_total_ = 0;
};

}  // namespace

DocumentMaps merge_segments(std::span<const SegmentView> inputs, SegmentOutput& output,
                            const std::function<bool()>& is_stopped) {
  return Merger(inputs, output, is_stopped).run();
}

}  // namespace tidings::search

#include "search/postings.h"

#include <random>

#include <gtest/gtest.h>

#include "search/bit_packing.h"
#include "search/postings_writer.h"
#include "search/word_matcher.h"

namespace tidings::search {
namespace {

struct Posting {
  std::uint32_t document = 0;
  bool is_in_title = false;
  std::vector<std::uint32_t> positions;
};

std::vector<Posting> random_postings(std::mt19937& random, std::uint32_t count,
                                     std::uint32_t gap_max) {
  std::vector<Posting> postings(count);
  std::uint32_t document = random() % gap_max;
  for (Posting& one : postings) {
    one.document = document;
    document += 1 + random() % gap_max;
    one.is_in_title = random() % 4 == 0;
    std::uint32_t position = random() % 300;
    for (std::uint32_t k = 0; k <= random() % 3; ++k) {
      one.positions.push_back(position);
      position += 1 + random() % 50;
    }
  }
  return postings;
}

// A list as it is written, with others before and after it.
class Written {
 public:
  explicit Written(const std::vector<Posting>& postings) {
    lengths_.assign(postings.back().document + 1, length_code(100));
    PostingsWriter writer(postings_, positions_, lengths_, 100);
    add(writer, random_postings(random_, 300, 1));
    const TermPostings term = add(writer, postings);
    add(writer, random_postings(random_, 5, 1));
    writer.finish();
    postings_bytes_ = postings_.take();
    positions_bytes_ = positions_.take();
    place_ = {.documents = term.documents,
              .postings = std::string_view(postings_bytes_).substr(term.offset),
              .positions = positions_bytes_};
  }
  const PostingsPlace& place() const { return place_; }

 private:
  TermPostings add(PostingsWriter& writer, const std::vector<Posting>& postings) {
    lengths_.resize(std::max<std::size_t>(lengths_.size(), postings.back().document + 1));
    writer.begin(PostingsKind::Words);
    for (const Posting& one : postings) writer.add(one.document, one.is_in_title, one.positions);
    return writer.end();
  }

  std::mt19937 random_{7};
  std::vector<std::uint8_t> lengths_ = std::vector<std::uint8_t>(1'000);
  PartWriter postings_, positions_;
  std::string postings_bytes_, positions_bytes_;
  PostingsPlace place_;
};

TEST(BitPacking, GivesBackWhatWasPackedInEveryWidth) {
  std::mt19937 random(1);
  for (unsigned width = 0; width <= 32; ++width) {
    std::array<std::uint32_t, kBlockSize> numbers, unpacked;
    for (std::uint32_t& number : numbers)
      number = width == 0 ? 0 : static_cast<std::uint32_t>(random() >> (32 - width));
    std::string packed, run;
    pack_block(numbers.data(), width, packed);
    ASSERT_EQ(packed.size(), packed_block_bytes(width));
    unpack_block(packed.data(), width, unpacked.data());
    EXPECT_EQ(unpacked, numbers) << width;
    for (std::size_t i = 0; i < kBlockSize; ++i)
      ASSERT_EQ(number_in_block(packed.data(), width, i), numbers[i]) << width << " " << i;
    pack_run(numbers, width, run);
    ASSERT_EQ(run.size(), packed_run_bytes(kBlockSize, width));
    run.append(kPackedSlack + 1, '\xFF');
    for (std::size_t i = 0; i < kBlockSize; ++i)
      ASSERT_EQ(packed_at(run.data(), i, width), numbers[i]) << width << " " << i;
  }
}

TEST(LengthCode, KeepsTheOrderOfLengthsWithinAnEighth) {
  for (std::uint32_t words = 0; words < 100'000; ++words) {
    const std::uint32_t kept = length_of(length_code(words));
    ASSERT_LE(kept, words);
    ASSERT_GE(kept * 9, words * 8) << words;
    ASSERT_GE(length_code(words + 1), length_code(words));
  }
}

class PostingsOf : public testing::TestWithParam<std::uint32_t> {};

TEST_P(PostingsOf, AreReadAsTheyWereWritten) {
  std::mt19937 random(GetParam());
  const std::vector<Posting> expected = random_postings(random, GetParam(), 200);
  const Written written(expected);
  Postings postings(written.place());
  std::size_t i = 0;
  std::vector<std::uint32_t> positions;
  for (; !postings.is_at_end(); postings.next_block()) {
    const auto documents = postings.documents();
    EXPECT_EQ(postings.last(), documents.back());
    for (std::uint32_t k = 0; k < documents.size(); ++k, ++i) {
      ASSERT_EQ(documents[k], expected[i].document);
      const std::uint32_t code = postings.code_at(k);
      ASSERT_EQ(code, postings.codes()[k]);
      ASSERT_EQ(is_in_title(code), expected[i].is_in_title);
      ASSERT_EQ(frequency_of(code), expected[i].positions.size());
      postings.positions(k, positions);
      ASSERT_EQ(positions, expected[i].positions);
    }
  }
  EXPECT_EQ(i, expected.size());
}

TEST_P(PostingsOf, AreFoundInAnyOrder) {
  std::mt19937 random(GetParam());
  const std::vector<Posting> expected = random_postings(random, GetParam(), 200);
  const Written written(expected);
  Postings postings(written.place());
  std::vector<std::uint32_t> positions;
  for (int round = 0; round < 500; ++round) {
    const Posting& wanted = expected[random() % expected.size()];
    postings.seek(wanted.document);
    ASSERT_FALSE(postings.is_at_end());
    const auto documents = postings.documents();
    const auto found = std::ranges::find(documents, wanted.document);
    ASSERT_NE(found, documents.end());
    postings.positions(static_cast<std::uint32_t>(found - documents.begin()), positions);
    ASSERT_EQ(positions, wanted.positions) << "after another block was read";
  }
  postings.seek(expected.back().document + 1);
  EXPECT_TRUE(postings.is_at_end());
}

TEST_P(PostingsOf, BoundWhatTheyWeigh) {
  std::mt19937 random(GetParam());
  const Written written(random_postings(random, GetParam(), 200));
  Postings postings(written.place());
  const LengthNorms norms(100);
  for (; !postings.is_at_end(); postings.next_block()) {
    const Scoring without(100, false), with(100);
    const float plain = without.bound(postings.heaviest_at(postings.block(), false));
    const float with_titles = with.bound(postings.heaviest_at(postings.block(), true));
    for (std::uint32_t k = 0; k < postings.documents().size(); ++k) {
      const std::uint32_t code = postings.codes()[k];
      const float norm = norms[length_code(100)];
      EXPECT_GE(plain, term_weight(static_cast<float>(frequency_of(code)), norm));
      EXPECT_GE(with_titles, term_weight(weighted_frequency(code), norm));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Counts, PostingsOf,
                         testing::Values(1, 2, 100, 127, 128, 129, 256, 1'000, 20'000));

}  // namespace
}  // namespace tidings::search

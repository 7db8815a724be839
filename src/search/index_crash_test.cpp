// The index under faults: whatever is lost with the power, and whenever, it opens again as it was
// after some event of the log, and goes on from there.
#include <utility>

#include <gtest/gtest.h>

#include "adapters/faulty/faulty_index_files.h"
#include "query/canonical.h"
#include "search/index.h"
#include "tests/support/index_history.h"

namespace tidings::search {
namespace {

using faulty::FaultyIndexFiles;

class IndexUnderFaults : public testing::TestWithParam<std::uint32_t> {
 protected:
  static constexpr IndexSettings kSettings{.merged_at_once = 2};

  // Null where a fault kept it from opening.
  static std::unique_ptr<Index> try_open(FaultyIndexFiles& files) {
    Result<std::unique_ptr<Index>> index = Index::open(files, kSettings);
    if (index) return *std::move(index);
    EXPECT_EQ(index.error().kind, ErrorKind::Unavailable) << index.error().message;
    return nullptr;
  }
  static std::unique_ptr<Index> open(FaultyIndexFiles& files) {
    std::unique_ptr<Index> index = try_open(files);
    EXPECT_NE(index, nullptr);
    return index;
  }

  // One action. While a merge writes its segment the next action happens too: `at` moves on.
  bool act(Index& index, std::size_t& at) const {
    const Action& action = history_.actions()[at++];
    switch (action.kind) {
      case ActionKind::Apply:
        history_.apply(index, action.step);
        return true;
      case ActionKind::Flush:
        return static_cast<bool>(index.flush());
      case ActionKind::Merge:
        break;
    }
    bool is_begun = false;
    const auto merged = index.merge([&] {
      const auto& actions = history_.actions();
      if (std::exchange(is_begun, true) || at == actions.size()) return false;
      if (actions[at].kind != ActionKind::Merge) act(index, at);
      return false;
    });
    return static_cast<bool>(merged);
  }

  // All steps that the index does not have yet.
  void go_on(Index& index) const {
    const auto cursor = static_cast<std::size_t>(to_int(index.snapshot()->cursor));
    for (std::size_t step = cursor; step < history_.steps(); ++step) {
      history_.apply(index, step);
      if (step % 5 == 0) {
        EXPECT_TRUE(index.flush());
        EXPECT_TRUE(index.merge([] { return false; }));
      }
    }
    EXPECT_TRUE(index.flush());
  }

  void expect_is(const Index& index, const History::State& state) const {
    ASSERT_EQ(content_of(index), state.content);
    for (std::size_t i = 0; i < history_.queries().size(); ++i)
      ASSERT_EQ(found(index, history_.queries()[i]), state.found[i])
          << query::to_string(history_.queries()[i]);
  }
  // Until the power is lost, or all is done. The last cursor that flush() said is durable.
  EventSequence run(FaultyIndexFiles& files) const {
    EventSequence durable{};
    const std::unique_ptr<Index> index = try_open(files);
    for (std::size_t at = 0; index && at < history_.actions().size();) {
      act(*index, at);
      if (files.has_crashed()) break;
      durable = index->statistics().durable_cursor;
    }
    return durable;
  }
  void expect_recovers(FaultyIndexFiles& files, EventSequence durable) const {
    const std::unique_ptr<Index> index = open(files);
    ASSERT_NE(index, nullptr);
    ASSERT_TRUE(index->damage().empty()) << index->damage().front().reason;
    const EventSequence cursor = index->snapshot()->cursor;
    ASSERT_GE(cursor, durable);
    expect_is(*index, history_.after(cursor));
    EXPECT_EQ(files_of(files), named_files(files));
    go_on(*index);
    expect_is(*index, history_.at_the_end());
    EXPECT_EQ(files_of(files), named_files(files));
    expect_is(*open(files), history_.at_the_end());
  }

  // With files that nothing has happened to yet, for each operation of a run without faults.
  template <class Test>
  void at_each_operation(Test&& test) const {
    FaultyIndexFiles whole(GetParam());
    run(whole);
    ASSERT_GT(whole.operations(), 100);
    for (std::uint64_t at = 1; at <= whole.operations(); ++at) {
      SCOPED_TRACE(testing::Message() << "fault at operation " << at);
      FaultyIndexFiles files(GetParam() + static_cast<std::uint32_t>(at));
      test(files, at);
      if (HasFatalFailure()) return;
    }
  }

  const History history_{GetParam()};
};

TEST_P(IndexUnderFaults, IsAPrefixOfTheLogAfterACrashInAnyOperation) {
  at_each_operation([&](FaultyIndexFiles& files, std::uint64_t at) {
    files.crash_at(at);
    const EventSequence durable = run(files);
    ASSERT_TRUE(files.has_crashed());
    files.restart();
    // It may be lost again while the index opens.
    if (at % 3 == 0) {
      files.crash_at(1 + at % 7);
      try_open(files);
      files.restart();
    }
    expect_recovers(files, durable);
  });
}

TEST_P(IndexUnderFaults, AnswersThroughAnyOperationThatFails) {
  at_each_operation([&](FaultyIndexFiles& files, std::uint64_t at) {
    files.fail_at(at);
    std::unique_ptr<Index> index = try_open(files);
    if (!index) index = open(files);
    for (std::size_t action = 0; action < history_.actions().size();) {
      act(*index, action);
      ASSERT_EQ(content_of(*index), history_.after(index->snapshot()->cursor).content);
    }
    ASSERT_TRUE(index->flush());
    expect_is(*index, history_.at_the_end());
    expect_recovers(files, EventSequence(static_cast<std::int64_t>(history_.steps())));
  });
}

// After a failed flush nobody knows whether the manifest on disk is the old or the new one.
TEST_P(IndexUnderFaults, IsAPrefixOfTheLogAfterAFailureAndACrash) {
  at_each_operation([&](FaultyIndexFiles& files, std::uint64_t at) {
    files.fail_at(at);
    files.crash_at(at + 1 + at % 40);
    const EventSequence durable = run(files);
    files.restart();
    expect_recovers(files, durable);
  });
}

TEST_P(IndexUnderFaults, GoesOnInMemoryWhileTheDiskIsFull) {
  FaultyIndexFiles files(GetParam());
  const std::unique_ptr<Index> index = open(files);
  std::size_t at = 0;
  while (at < history_.actions().size() / 3) act(*index, at);
  ASSERT_TRUE(index->flush());
  const EventSequence durable = index->snapshot()->cursor;
  files.set_full(true);
  while (at < history_.actions().size()) {
    act(*index, at);
    expect_is(*index, history_.after(index->snapshot()->cursor));
    EXPECT_EQ(files_of(files), named_files(files)) << "what was begun takes no room";
  }
  const Result<void> flushed = index->flush();
  ASSERT_FALSE(flushed);
  EXPECT_EQ(flushed.error().code, "disk_full");
  EXPECT_EQ(index->statistics().durable_cursor, durable);
  files.set_full(false);
  ASSERT_TRUE(index->flush());
  expect_is(*index, history_.at_the_end());
  expect_is(*open(files), history_.at_the_end());
}

INSTANTIATE_TEST_SUITE_P(Seeds, IndexUnderFaults, testing::Values(2U));

}  // namespace
}  // namespace tidings::search

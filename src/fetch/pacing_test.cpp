#include "fetch/pacing.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tidings::fetch {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

const Time kStart = from_micros(1'700'000'000'000'000);

DomainPacer::Patience a_minute(Time since) {
  return {.since = since, .until = since + seconds(60)};
}

Reaction stop(Time until) {
  return {.blocked_until = until};
}

constexpr Reaction kGood{.is_good = true};

std::vector<std::int64_t> numbers(const std::vector<TransferId>& ids) {
  std::vector<std::int64_t> out;
  for (const TransferId id : ids) out.push_back(to_int(id));
  return out;
}

TEST(DomainPacer, StartsEveryDomainAtOnce) {
  DomainPacer pacer;
  for (int i = 1; i <= 2000; ++i)
    pacer.add(TransferId(i), "domain" + std::to_string(i) + ".example", kStart);
  EXPECT_EQ(pacer.next_ready(), Time{});
  EXPECT_EQ(pacer.take_ready(kStart, 512).size(), 512u);
  EXPECT_EQ(pacer.take_ready(kStart, 10'000).size(), 1488u);
  EXPECT_EQ(pacer.waiting(), 0u);
  EXPECT_EQ(pacer.in_flight(), 2000u);
}

TEST(DomainPacer, GivesBackWhatWaits) {
  DomainPacer pacer({.in_flight_max = 1, .gap = seconds(1)});
  for (int i = 1; i <= 3; ++i) pacer.add(TransferId(i), "one.example", kStart);
  EXPECT_EQ(numbers(pacer.take_ready(kStart, 10)), (std::vector<std::int64_t>{1}));
  EXPECT_FALSE(pacer.withdraw(TransferId(1))) << "in flight";
  EXPECT_FALSE(pacer.withdraw(TransferId(9))) << "never seen";
  EXPECT_TRUE(pacer.withdraw(TransferId(2)));
  EXPECT_FALSE(pacer.withdraw(TransferId(2)));
  EXPECT_EQ(pacer.waiting(), 1u);
  EXPECT_TRUE(pacer.add(TransferId(2), "two.example", kStart));
  EXPECT_EQ(numbers(pacer.take_ready(kStart, 10)), (std::vector<std::int64_t>{2}));
  pacer.finished(TransferId(1), kStart);
  EXPECT_EQ(numbers(pacer.take_ready(kStart + seconds(1), 10)), (std::vector<std::int64_t>{3}));
}

TEST(DomainPacer, SpreadsTheFeedsOfOneDomain) {
  DomainPacer pacer({.in_flight_max = 2, .gap = seconds(1), .domain_waiting_max = 200});
  for (int i = 1; i <= 200; ++i) pacer.add(TransferId(i), "one.example", kStart);
  Time now = kStart;
  std::vector<Time> starts;
  while (pacer.waiting() > 0) {
    now = std::max(now, pacer.next_ready().value());
    for (const TransferId id : pacer.take_ready(now, 100)) {
      starts.push_back(now);
      pacer.finished(id, now + milliseconds(200));
    }
  }
  ASSERT_EQ(starts.size(), 200u);
  EXPECT_EQ(starts.front(), kStart);
  EXPECT_EQ(starts.back(), kStart + seconds(199));
  for (std::size_t i = 1; i < starts.size(); ++i) EXPECT_GE(starts[i] - starts[i - 1], seconds(1));
}

TEST(DomainPacer, HoldsADomainToItsTransfersInFlight) {
  DomainPacer pacer({.in_flight_max = 2, .gap = milliseconds(1)});
  for (int i = 1; i <= 4; ++i) pacer.add(TransferId(i), "slow.example", kStart);
  EXPECT_EQ(numbers(pacer.take_ready(kStart, 9)), (std::vector<std::int64_t>{1}));
  EXPECT_EQ(numbers(pacer.take_ready(kStart + seconds(1), 9)), (std::vector<std::int64_t>{2}));
  EXPECT_EQ(pacer.next_ready(), std::nullopt);
  EXPECT_TRUE(pacer.take_ready(kStart + hours(1), 9).empty());
  pacer.finished(TransferId(1), kStart + hours(1));
  EXPECT_EQ(numbers(pacer.take_ready(kStart + hours(1), 9)), (std::vector<std::int64_t>{3}));
}

TEST(DomainPacer, ABlockedDomainWaitsAndOthersDoNot) {
  DomainPacer pacer;
  pacer.add(TransferId(1), "busy.example", kStart);
  pacer.add(TransferId(2), "busy.example", kStart);
  pacer.add(TransferId(3), "free.example", kStart);
  EXPECT_EQ(numbers(pacer.take_ready(kStart, 9)), (std::vector<std::int64_t>{1, 3}));
  pacer.finished(TransferId(1), kStart, stop(kStart + seconds(120)));
  pacer.finished(TransferId(3), kStart);
  pacer.add(TransferId(4), "free.example", kStart);
  EXPECT_EQ(numbers(pacer.take_ready(kStart + seconds(1), 9)), (std::vector<std::int64_t>{4}));
  EXPECT_TRUE(pacer.take_ready(kStart + seconds(119), 9).empty());
  EXPECT_EQ(pacer.next_ready(), kStart + seconds(120));
  EXPECT_EQ(numbers(pacer.take_ready(kStart + seconds(120), 9)), (std::vector<std::int64_t>{2}));
}

TEST(DomainPacer, ABlockHoldsForSourcesThatComeLater) {
  DomainPacer pacer;
  pacer.add(TransferId(1), "busy.example", kStart);
  pacer.take_ready(kStart, 9);
  pacer.finished(TransferId(1), kStart, stop(kStart + seconds(60)));
  EXPECT_TRUE(pacer.take_ready(kStart + seconds(30), 9).empty());
  pacer.add(TransferId(2), "busy.example", kStart);
  EXPECT_TRUE(pacer.take_ready(kStart + seconds(59), 9).empty());
  EXPECT_EQ(pacer.take_ready(kStart + seconds(60), 9).size(), 1u);
}

TEST(DomainPacer, GivesBackWhatWouldWaitTooLong) {
  DomainPacer pacer;
  for (int i = 1; i <= 3; ++i) pacer.add(TransferId(i), "busy.example", kStart, a_minute(kStart));
  pacer.add(TransferId(4), "free.example", kStart);
  pacer.add(TransferId(5), "free.example", kStart);
  pacer.take_ready(kStart, 9);
  pacer.finished(TransferId(1), kStart, stop(kStart + hours(3)));
  const std::vector<DomainPacer::Postponed> postponed = pacer.take_postponed(kStart);
  ASSERT_EQ(postponed.size(), 2u);
  EXPECT_EQ(to_int(postponed[0].id), 2);
  EXPECT_GT(postponed[0].until, kStart + hours(3));
  EXPECT_EQ(postponed[1].until, postponed[0].until + seconds(1)) << "not both at once";
  EXPECT_EQ(pacer.waiting(), 1u);
  EXPECT_TRUE(pacer.add(TransferId(2), "busy.example", kStart, a_minute(kStart)));
  EXPECT_EQ(pacer.take_postponed(kStart).size(), 1u) << "at once: it is still closed";
  EXPECT_EQ(numbers(pacer.take_ready(kStart + seconds(10), 9)), (std::vector<std::int64_t>{5}));
}

TEST(DomainPacer, PutsOffWhatHasNoRoomUntilItsTurn) {
  DomainPacer pacer({.gap = seconds(1), .domain_waiting_max = 16});
  for (int i = 1; i <= 2000; ++i) EXPECT_TRUE(pacer.add(TransferId(i), "large.example", kStart));
  EXPECT_EQ(pacer.waiting(), 16u);
  const auto postponed = pacer.take_postponed(kStart);
  ASSERT_EQ(postponed.size(), 1984u);
  for (std::size_t i = 0; i < postponed.size(); ++i) {
    EXPECT_EQ(to_int(postponed[i].id), static_cast<std::int64_t>(17 + i));
    EXPECT_EQ(postponed[i].until, kStart + seconds(17 + i)) << "one turn each, in order";
  }
  EXPECT_TRUE(pacer.take_postponed(kStart).empty());
  EXPECT_TRUE(pacer.add(TransferId(2001), "other.example", kStart));
  EXPECT_EQ(numbers(pacer.take_ready(kStart, 9)), (std::vector<std::int64_t>{1, 2001}));
}

TEST(DomainPacer, PutsOffByThePaceThatADomainHas) {
  DomainPacer pacer({.in_flight_max = 2, .gap = seconds(1), .domain_waiting_max = 1});
  pacer.add(TransferId(1), "slow.example", kStart);
  pacer.take_ready(kStart, 1);
  pacer.add(TransferId(2), "slow.example", kStart);
  const Time now = kStart + seconds(20);
  pacer.finished(TransferId(1), now);
  for (int i = 3; i <= 2000; ++i) pacer.add(TransferId(i), "slow.example", now);
  const auto postponed = pacer.take_postponed(now);
  ASSERT_EQ(postponed.size(), 1998u);
  EXPECT_EQ(postponed[0].until, now + seconds(20));
  EXPECT_EQ(postponed[1].until, now + seconds(30)) << "two at a time, 20 seconds each";
  std::map<Time, int> per_minute;
  for (const auto& one : postponed) {
    EXPECT_LE(one.until, now + hours(1)) << "it may be faster by then";
    ++per_minute[std::chrono::floor<std::chrono::minutes>(one.until)];
  }
  for (const auto& [minute, count] : per_minute) EXPECT_LT(count, 100) << "spread";
}

TEST(DomainPacer, ManySlowDomainsLeaveRoomToo) {
  DomainPacer pacer({.domain_waiting_max = 16, .waiting_max = 256});
  for (int i = 0; i < 20'000; ++i)
    pacer.add(TransferId(i), std::to_string(i % 100) + ".example", kStart);
  EXPECT_LE(pacer.waiting(), 256u);
}

TEST(DomainPacer, NobodyWaitsForLongerThanPatience) {
  DomainPacer pacer({.in_flight_max = 1});
  pacer.add(TransferId(1), "stuck.example", kStart);
  pacer.take_ready(kStart, 1);
  pacer.add(TransferId(2), "stuck.example", kStart + seconds(30), a_minute(kStart + seconds(30)));
  pacer.add(TransferId(3), "stuck.example", kStart + seconds(31),
            a_minute(kStart));  // waited elsewhere
  EXPECT_TRUE(pacer.take_postponed(kStart + seconds(60)).empty());
  const auto first = pacer.take_postponed(kStart + seconds(61));
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(to_int(first[0].id), 3);
  EXPECT_GT(first[0].until, kStart + seconds(61));
  const auto second = pacer.take_postponed(kStart + seconds(91));
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(to_int(second[0].id), 2);
  EXPECT_EQ(pacer.waiting(), 0u);
}

TEST(DomainPacer, TakesASourceOnce) {
  DomainPacer pacer;
  EXPECT_TRUE(pacer.add(TransferId(1), "a.example", kStart));
  EXPECT_FALSE(pacer.add(TransferId(1), "a.example", kStart));
  EXPECT_EQ(pacer.take_ready(kStart, 9).size(), 1u);
  EXPECT_FALSE(pacer.add(TransferId(1), "b.example", kStart));
  pacer.finished(TransferId(1), kStart);
  EXPECT_TRUE(pacer.add(TransferId(1), "b.example", kStart));
}

TEST(DomainPacer, TheDomainThatWaitedLongestGoesFirst) {
  DomainPacer pacer({.in_flight_max = 9, .gap = seconds(10)});
  for (int i = 0; i < 3; ++i) {
    pacer.add(TransferId(10 + i), "a.example", kStart);
    pacer.add(TransferId(20 + i), "b.example", kStart);
  }
  EXPECT_EQ(numbers(pacer.take_ready(kStart, 1)), (std::vector<std::int64_t>{10}));
  EXPECT_EQ(numbers(pacer.take_ready(kStart + seconds(5), 1)), (std::vector<std::int64_t>{20}));
  EXPECT_EQ(numbers(pacer.take_ready(kStart + seconds(15), 9)),
            (std::vector<std::int64_t>{11, 21}));
}

TEST(DomainPacer, ForgetsDomainsWhoseTimeIsOver) {
  DomainPacer pacer;
  for (int i = 1; i <= 1000; ++i)
    pacer.add(TransferId(i), "domain" + std::to_string(i) + ".example", kStart);
  for (const TransferId id : pacer.take_ready(kStart, 1000)) pacer.finished(id, kStart);
  EXPECT_EQ(pacer.domains(), 1000u);
  pacer.take_ready(kStart + seconds(1), 1);
  EXPECT_EQ(pacer.domains(), 0u);
}

// Asks for the one request of a domain, and answers it.
void ask(DomainPacer& pacer, int id, const std::string& domain, Time now,
         const Reaction& reaction) {
  pacer.add(TransferId(id), domain, now);
  ASSERT_EQ(numbers(pacer.take_ready(now, 9)), (std::vector<std::int64_t>{id}));
  pacer.finished(TransferId(id), now, reaction);
}

TEST(DomainPacer, OneBadPageDoesNotFreezeItsSiblings) {
  DomainPacer pacer;
  Time now = kStart;
  ask(pacer, 1, "one.example", now, stop(now + hours(2)));
  pacer.add(TransferId(2), "one.example", now);
  EXPECT_TRUE(pacer.take_ready(now + hours(1), 9).empty()) << "it may be meant for all";
  now += hours(2);
  EXPECT_EQ(numbers(pacer.take_ready(now, 9)), (std::vector<std::int64_t>{2}));
  pacer.finished(TransferId(2), now, kGood);
  now += seconds(1);
  ask(pacer, 1, "one.example", now, stop(now + hours(2)));
  now += seconds(1);
  ask(pacer, 2, "one.example", now, kGood);
  now += seconds(1);
  ask(pacer, 3, "one.example", now, stop(now + hours(2)));
  pacer.add(TransferId(2), "one.example", now);
  EXPECT_TRUE(pacer.take_ready(now + hours(1), 9).empty()) << "two of them: that may be all";
}

TEST(DomainPacer, AnOverloadIsLookedAtAgainSoonerThanALimit) {
  for (const bool is_overload : {false, true}) {
    DomainPacer pacer;
    ask(pacer, 1, "one.example", kStart,
        {.blocked_until = kStart + hours(48), .is_overload = is_overload});
    pacer.add(TransferId(2), "one.example", kStart);
    EXPECT_EQ(pacer.next_ready(), kStart + hours(is_overload ? 1 : 6));
  }
}

TEST(DomainPacer, StopsInARowCountForMore) {
  DomainPacer pacer;
  Time now = kStart;
  for (const int minutes : {1, 2, 4, 8, 16, 32, 60, 60}) {
    ask(pacer, 1, "one.example", now, stop(now + seconds(60)));
    pacer.add(TransferId(2), "one.example", now);
    EXPECT_EQ(pacer.next_ready(), now + std::chrono::minutes(minutes));
    EXPECT_TRUE(pacer.withdraw(TransferId(2)));
    now += hours(1);
  }
}

TEST(DomainPacer, WhoseQuotaIsUsedUpRestsForTenMinutesAtMost) {
  DomainPacer pacer({.in_flight_max = 1, .gap = seconds(0)});
  Time now = kStart;
  const auto ready_after = [&](Duration quota) {
    pacer.add(TransferId(1), "a.example", now);
    EXPECT_EQ(pacer.take_ready(now, 1).size(), 1u);
    Reaction last = kGood;
    last.rests_until = now + quota;
    pacer.finished(TransferId(1), now, last);
    pacer.add(TransferId(2), "a.example", now);
    const Duration wait = pacer.next_ready().value_or(now) - now;
    now += wait;
    EXPECT_EQ(pacer.take_ready(now, 1).size(), 1u);
    pacer.finished(TransferId(2), now, kGood);
    return wait;
  };
  EXPECT_EQ(ready_after(seconds(90)), seconds(90));
  EXPECT_EQ(ready_after(seconds(90)), seconds(90)) << "the same page a second time";
  EXPECT_EQ(ready_after(hours(1)), seconds(600));
}

TEST(DomainPacer, DomainsOfOneAddressTakeTurns) {
  DomainPacer pacer({.address_in_flight_max = 3, .address_gap = milliseconds(200)});
  for (int i = 1; i <= 5; ++i) ask(pacer, i, std::to_string(i) + ".example", kStart, kGood);
  const auto settle = [&](Time now) {
    for (int i = 1; i <= 5; ++i) {
      pacer.add(TransferId(i), std::to_string(i) + ".example", now);
      ASSERT_EQ(pacer.take_ready(now, 1).size(), 1u);
      pacer.note_address(TransferId(i), "192.0.2.1");
      pacer.finished(TransferId(i), now, kGood);
    }
  };
  settle(kStart + seconds(5));
  const Time now = kStart + seconds(10);  // by then the domains themselves are forgotten
  for (int i = 1; i <= 5; ++i) pacer.add(TransferId(i), std::to_string(i) + ".example", now);
  pacer.add(TransferId(6), "elsewhere.example", now);
  EXPECT_EQ(numbers(pacer.take_ready(now, 9)), (std::vector<std::int64_t>{6, 1}));
  EXPECT_EQ(pacer.next_ready(), now + milliseconds(200));
  EXPECT_EQ(numbers(pacer.take_ready(now + milliseconds(200), 9)), (std::vector<std::int64_t>{2}));
  EXPECT_EQ(numbers(pacer.take_ready(now + seconds(1), 9)), (std::vector<std::int64_t>{3}));
  EXPECT_TRUE(pacer.take_ready(now + seconds(9), 9).empty()) << "three are in flight";
  EXPECT_EQ(pacer.next_ready(), std::nullopt);
  pacer.finished(TransferId(2), now + seconds(9), kGood);
  EXPECT_EQ(numbers(pacer.take_ready(now + seconds(9), 9)), (std::vector<std::int64_t>{4}));
}

TEST(DomainPacer, AnAddressIsLearnedWhenItIsConnectedTo) {
  DomainPacer pacer;
  for (int i = 1; i <= 3; ++i) pacer.add(TransferId(i), std::to_string(i) + ".example", kStart);
  EXPECT_EQ(pacer.take_ready(kStart, 9).size(), 3u);
  EXPECT_TRUE(pacer.may_connect(TransferId(1), "192.0.2.1", kStart));
  EXPECT_TRUE(pacer.may_connect(TransferId(1), "192.0.2.1", kStart)) << "its second connection";
  EXPECT_FALSE(pacer.may_connect(TransferId(2), "192.0.2.1", kStart)) << "not in the same moment";
  EXPECT_TRUE(pacer.may_connect(TransferId(3), "192.0.2.3", kStart));
  pacer.finished(TransferId(2), kStart);
  pacer.add(TransferId(2), "2.example", kStart);
  EXPECT_EQ(numbers(pacer.take_ready(kStart + seconds(1), 9)), (std::vector<std::int64_t>{2}));
  EXPECT_TRUE(pacer.may_connect(TransferId(2), "192.0.2.1", kStart + seconds(1)));
  for (int i = 1; i <= 3; ++i) pacer.finished(TransferId(i), kStart + seconds(1), kGood);
}

TEST(DomainPacer, AServerWhoseDomainsAllStopUsIsLeftAlone) {
  DomainPacer pacer;
  for (int i = 1; i <= 4; ++i) pacer.add(TransferId(i), std::to_string(i) + ".example", kStart);
  EXPECT_EQ(pacer.take_ready(kStart, 9).size(), 4u);
  for (int i = 1; i <= 4; ++i) pacer.note_address(TransferId(i), "192.0.2.1");
  pacer.finished(TransferId(4), kStart, kGood);
  for (int i = 1; i <= 3; ++i) pacer.finished(TransferId(i), kStart, stop(kStart + seconds(600)));
  pacer.add(TransferId(4), "4.example", kStart);
  EXPECT_TRUE(pacer.take_ready(kStart + seconds(599), 9).empty());
  EXPECT_EQ(pacer.take_ready(kStart + seconds(600), 9).size(), 1u);
}

TEST(DomainPacer, ALargeAddressLeavesRoomForOthers) {
  DomainPacer pacer;
  const auto blog = [](int i) { return std::to_string(i) + ".example"; };
  Time now = kStart;
  for (int i = 1; i <= 300; ++i) {
    pacer.add(TransferId(i), blog(i), now);
    pacer.take_ready(now, 1);
    pacer.note_address(TransferId(i), "192.0.2.1");
    pacer.finished(TransferId(i), now, kGood);
    now += seconds(1);
  }
  for (int i = 1; i <= 300; ++i) pacer.add(TransferId(i), blog(i), now);
  EXPECT_EQ(pacer.waiting(), 64u);
  const auto postponed = pacer.take_postponed(now);
  ASSERT_EQ(postponed.size(), 236u);
  EXPECT_EQ(postponed.back().until - postponed[99].until, milliseconds(136 * 200));
}

// A long run with a simulated clock: the rules hold at every start, and everybody has a turn.
TEST(DomainPacer, KeepsItsRulesThroughALongRun) {
  constexpr int kSources = 3000, kDomains = 40;
  DomainPacer pacer({.in_flight_max = 2,
                     .gap = seconds(1),
                     .domain_waiting_max = kSources,
                     .waiting_max = kSources});
  const auto domain_of = [](TransferId id) { return to_int(id) % kDomains; };
  for (int i = 1; i <= kSources; ++i)
    pacer.add(TransferId(i), std::to_string(i % kDomains) + ".example", kStart);
  std::multimap<Time, TransferId> running;
  std::map<std::int64_t, Time> last_start;
  std::map<std::int64_t, int> in_flight;
  Time now = kStart;
  int done = 0;
  while (done < kSources) {
    for (const TransferId id : pacer.take_ready(now, 16)) {
      const std::int64_t domain = domain_of(id);
      if (last_start.contains(domain)) {
        ASSERT_GE(now - last_start[domain], seconds(1));
      }
      last_start[domain] = now;
      ASSERT_LE(++in_flight[domain], 2);
      running.emplace(now + milliseconds(100 + to_int(id) * 7919 % 4000), id);
    }
    now += milliseconds(50);
    while (!running.empty() && running.begin()->first <= now) {
      const TransferId id = running.begin()->second;
      running.erase(running.begin());
      --in_flight[domain_of(id)];
      pacer.finished(id, now);
      ++done;
    }
    ASSERT_LT(now, kStart + hours(1));
  }
  EXPECT_EQ(pacer.waiting() + pacer.in_flight(), 0u);
}

}  // namespace
}  // namespace tidings::fetch

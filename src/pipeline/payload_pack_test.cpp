#include "pipeline/payload_pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/compression.h"
#include "pipeline/raw_objects.h"

namespace tidings::pipeline {
namespace {

using testing::HasSubstr;

const Time kNow = parse_rfc3339("2026-11-23T18:30:07.250Z").value();

std::string unpacked(std::string_view frame) {
  return decompress(frame, Compression::Zstd, 1'000'000).value();
}

TEST(RawObjects, KnowTheirDay) {
  const auto day = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23);
  EXPECT_EQ(raw_object_day("raw/2026/11/23/7-ab.zst"), day);
  EXPECT_EQ(raw_object_day(raw_object(SourceId(7), "a", kNow).key), day);
  EXPECT_EQ(raw_object_day(processed_object(SourceId(7), "a", "{}", kNow).key), day);
  EXPECT_EQ(raw_object_day(payload_pack("", kNow).key), day);
  for (const char* key : {"", "raw/2026/11/7-ab.zst", "raw/2026/13/01/ab", "export/2026/11/23/ab",
                          "raw/2026/2/30/ab", "raw/2026/-1/01/ab", "raw/7/2026/11/23/ab.zst"}) {
    EXPECT_FALSE(raw_object_day(key)) << key;
  }
}

TEST(PayloadPack, GivesBackWhoseAndWhenAndWhat) {
  const std::string large(300'000, 'x');
  const Object pack =
      payload_pack(packed_payload(SourceId(7), "<rss/>", kNow) +
                       packed_payload(SourceId((1LL << 40) + 3), large, kNow - Duration(1)) +
                       packed_payload(SourceId(9), "", kNow),
                   kNow);
  EXPECT_THAT(pack.key, testing::StartsWith("raw/2026/11/23/183007-"));
  EXPECT_TRUE(is_object_key(pack.key));
  EXPECT_TRUE(is_payload_pack(pack.key));
  EXPECT_FALSE(is_payload_pack(raw_object(SourceId(7), "<rss/>", kNow).key));
  const std::vector<KeptPayload> payloads = payloads_in(pack.bytes).value();
  ASSERT_EQ(payloads.size(), 3u);
  EXPECT_EQ(payloads[0].source, SourceId(7));
  EXPECT_EQ(payloads[0].received_at, kNow);
  EXPECT_EQ(unpacked(payloads[0].frame), "<rss/>");
  EXPECT_EQ(payloads[1].source, SourceId((1LL << 40) + 3));
  EXPECT_EQ(payloads[1].received_at, kNow - Duration(1));
  EXPECT_EQ(unpacked(payloads[1].frame), large);
  EXPECT_EQ(unpacked(payloads[2].frame), "");
}

TEST(PayloadPack, OneOfOtherBytesHasAnotherName) {
  EXPECT_NE(payload_pack(packed_payload(SourceId(7), "a", kNow), kNow).key,
            payload_pack(packed_payload(SourceId(7), "b", kNow), kNow).key);
}

TEST(PayloadPack, WhatIsNoneIsRefusedWithThePlace) {
  const std::string whole = packed_payload(SourceId(7), "<rss/>", kNow);
  EXPECT_TRUE(payloads_in("").value().empty());
  for (std::size_t cut = 1; cut < whole.size(); ++cut) {
    const auto refused = payloads_in(whole + whole.substr(0, cut));
    ASSERT_FALSE(refused) << cut;
    EXPECT_EQ(refused.error().kind, ErrorKind::Corrupt);
    EXPECT_THAT(refused.error().message, HasSubstr("byte " + std::to_string(whole.size())));
  }
  EXPECT_FALSE(payloads_in(compressed_payload("a payload without a label")));
}

}  // namespace
}  // namespace tidings::pipeline

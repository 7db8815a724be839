// Newsletters: messages of mailboxes as entries.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "model/feed.h"

namespace tidings::parse {

struct MailLimits {
  std::size_t message_bytes_max = 32'000'000;
  std::size_t html_bytes_max = 4'000'000;  // what is longer is cut
  std::size_t parts_max = 1'000;           // of one message; the first ones count
};

// One message (RFC 5322, MIME, encoded words): Subject, From, Date, Message-ID; its address from
// Archived-At (RFC 5064); the text part that shows most, HTML before plain, in UTF-8 and not yet
// sanitized; attached audio, video and pictures are passed over. InvalidInput "not_a_message" for
// what has no header, "too_large".
//
// Safe to call from many threads.
Result<Entry> read_message(std::string_view bytes, const MailLimits& limits = {});

struct MboxMessage {
  std::size_t begin = 0;             // of its "From " line
  std::optional<Time> delivered_at;  // as that line says
  std::string_view bytes;            // without it
};
// The messages of an mbox (RFC 4155), in order: each begins at the start of the file or behind an
// empty line. Views into `mbox`.
std::vector<MboxMessage> split_mbox(std::string_view mbox);

}  // namespace tidings::parse

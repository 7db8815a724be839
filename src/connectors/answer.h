// What an API answered: entries, where to go on, or what it says is wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/connector.h"
#include "connectors/connector_address.h"
#include "connectors/request.h"
#include "core/result.h"
#include "model/feed.h"

namespace tidings::connectors {

struct AnswerBytes {
  std::string_view body;
  std::string_view link;  // the Link header
};

struct Answer {
  Feed feed;
  std::vector<std::string> problems;  // plain sentences, each once, at most 20
  std::optional<Position> next;       // nothing: that was the last page of this refresh
};

inline constexpr std::size_t kEntriesMax = 10'000;  // of one answer

// InvalidInput "not_json", "too_large", "too_deep", and "api_error" for an answer without a list:
// the message is what the answer says of it. Time linear in the answer. Pure; safe to call from
// many threads.
Result<Answer> read_answer(const Connector& connector, const ConnectorAddress& address,
                           const Position& asked, const AnswerBytes& answer);

// What an answer with an error status says, in one line; empty where it says nothing that can be
// found.
std::string error_said(const Connector& connector, std::string_view body);

}  // namespace tidings::connectors

// One refresh of a source that is a news API: page after page, until it meets what is known.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/answer.h"
#include "connectors/connector.h"
#include "connectors/connector_address.h"
#include "connectors/request.h"
#include "core/hash.h"
#include "core/result.h"
#include "core/time.h"
#include "fetch/fetcher.h"
#include "model/source.h"
#include "pipeline/paced_transfers.h"
#include "pipeline/refresh.h"

namespace tidings::pipeline {

// Where connectors and their keys come from. Asked anew at each refresh: a file that is edited and
// a key that is set count from the next one on. Safe to call from many threads; may block.
struct ApiAccess {
  std::function<Result<connectors::Connector>(const std::string& name)> find_connector;
  std::function<Result<std::string>(const std::string& secret)> find_secret;
};

// Whether any of these keys led to an article of the source before (ArticleStore::knows_any).
using KnowsAny = std::function<Result<bool>(std::span<const Hash128> keys)>;

// Used by one thread at a time.
class ApiRefresh {
 public:
  ApiRefresh(Source source, Time since) : source_(std::move(source)), since_(since) {}

  const Source& source() const { return source_; }
  Time since() const { return since_; }  // its claim
  const connectors::Connector& connector() const { return connector_; }
  // Why fields of entries were left out; each sentence once.
  const std::vector<std::string>& impaired() const { return impaired_; }

  // Finds the connector and its key. False when that fails: finish() tells why.
  bool begin(const ApiAccess& access, Time now);

  // For the page that is next; nothing when it cannot be asked for: finish() tells why.
  std::optional<HttpRequest> next_request(const fetch::FetchSettings& settings);

  // True when there is another page to ask for.
  bool take(Answered answered, const KnowsAny& knows_any);

  // No more pages before `until`: what was read so far is kept, and the rest is read then.
  void put_off(Time until);

  // What was read, or why nothing was. The key stands nowhere in it.
  Refreshed finish(Time now, std::uint64_t seed, const RefreshRules& rules);

 private:
  bool take_page(std::string body, std::string_view link, const KnowsAny& knows_any);
  void note_impaired(std::vector<std::string> problems);
  void take_refusal(HttpResponse response);
  bool meets_known(const Feed& page, const KnowsAny& knows_any) const;
  void fail(std::string error_class, const std::string& message);
  void keep_progress(SourceState& state, bool has_pages) const;

  Source source_;
  Time since_;
  std::optional<Time> began_at_;
  connectors::Connector connector_;
  connectors::ConnectorAddress address_;
  std::string key_;

  connectors::Position position_;
  std::optional<Feed> feed_;  // of all pages
  std::string payload_;       // of all pages, a line each
  std::vector<std::unique_ptr<HeldBytes>> bytes_;
  std::vector<std::string> impaired_;
  bool is_complete_ = false;  // up to what was known before, or as far as the connector goes
  std::optional<Time> put_off_until_;
  std::optional<SourceProblem> problem_;
  fetch::CacheHints hints_;
};

}  // namespace tidings::pipeline

// Which articles still want their page read, and how a page that was read completes its article.
// Adapters: sqlite, postgres, memory. Every adapter passes tests/contract/page_store_contract.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "model/article.h"

namespace tidings {

// An ingest leaves one for every article that is new or edited and wants its page.
struct PageJob {
  ArticleId article_id{};
  SourceId source_id{};
  std::string url;            // of the page
  std::int32_t attempts = 0;  // that failed
};

// Safe to call from many threads. A call that returned success survives a crash. Unavailable and
// texts as in ArticleStore.
class PageStore {
 public:
  virtual ~PageStore() = default;

  // Takes up to `limit` jobs that are due at `now` and not leased, earliest first, and leases them
  // to `owner` until `lease_until`: no other claim returns them before.
  virtual Result<std::vector<PageJob>> claim_due(Time now, std::size_t limit,
                                                 const std::string& owner, Time lease_until) = 0;
  // Ends every lease of `owner`.
  virtual Result<void> release(const std::string& owner) = 0;
  // When the next job falls due that is not leased now. Nothing when there is none.
  virtual Result<std::optional<Time>> next_due() const = 0;

  // Ends the job, and gives the article what its page said: `article` replaces it but for id,
  // source, added_at, published and revision; its identities stay, so that the feed's next telling
  // of it is known. Writes ArticleCompleted, in one commit. Conflict, and the job stays, when the
  // article has another revision by now: read it again. NotFound when it is gone, and its job with
  // it.
  virtual Result<void> complete(const Article& article) = 0;

  // Ends the job: the page has nothing for us. Success when there is none.
  virtual Result<void> give_up(ArticleId id) = 0;

  // Counts a failed attempt and ends the lease: due again at `until`. Success when there is no such
  // job.
  virtual Result<void> postpone(ArticleId id, Time until) = 0;
  // Ends the lease: due again at `until`, with no attempt counted. Success when there is no such
  // job.
  virtual Result<void> put_off(ArticleId id, Time until) = 0;

  virtual Result<std::int64_t> count() const = 0;  // jobs, due or not
};

}  // namespace tidings

#include "adapters/sql/pool.h"

namespace tidings::sql {

Result<Pool::Lease> Pool::take() {
  using std::chrono::steady_clock;
  {
    MutexLock lock(mutex_);
    const auto deadline = steady_clock::now() + wait_max_;
    while (taken_ >= connections_max_) {
      const auto left = deadline - steady_clock::now();
      if (left <= left.zero()) {
        return Error{ErrorKind::Unavailable, "every database connection is busy", "database_busy"};
      }
      is_free_.wait_for(mutex_, left);
    }
    ++taken_;
    if (!idle_.empty()) {  // the last one used has the warmest cache
      std::unique_ptr<Connection> connection = std::move(idle_.back());
      idle_.pop_back();
      return Lease(*this, std::move(connection));
    }
  }
  Result<std::unique_ptr<Connection>> connection = connect_();
  if (!connection) {
    give_back(nullptr);
    return std::move(connection).error();
  }
  return Lease(*this, *std::move(connection));
}

void Pool::drop_idle() {
  std::vector<std::unique_ptr<Connection>> dropped;  // closed outside the lock
  MutexLock lock(mutex_);
  dropped.swap(idle_);
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  MutexLock lock(mutex_);
  --taken_;
  if (connection && !connection->is_broken()) idle_.push_back(std::move(connection));
  is_free_.notify_one();
}

}  // namespace tidings::sql

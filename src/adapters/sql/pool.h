// Connections that threads take turns with, made when first needed and again when the server went
// away.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "adapters/sql/connection.h"
#include "core/mutex.h"
#include "core/result.h"

namespace tidings::sql {

using Connect = std::function<Result<std::unique_ptr<Connection>>()>;

// Safe to call from many threads.
class Pool {
 public:
  Pool(Connect connect, std::size_t connections_max, std::chrono::milliseconds wait_max)
      : connect_(std::move(connect)), connections_max_(connections_max), wait_max_(wait_max) {}

  // A connection for as long as this lives.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (connection_) pool_->give_back(std::move(connection_));
    }
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Unavailable (code "database_busy") when none becomes free in time, or what connecting says.
  Result<Lease> take() EXCLUDES(mutex_);

  // Closes what is idle: after the server went away these are dead as well.
  void drop_idle() EXCLUDES(mutex_);

 private:
  void give_back(std::unique_ptr<Connection> connection) EXCLUDES(mutex_);

  const Connect connect_;
  const std::size_t connections_max_;
  const std::chrono::milliseconds wait_max_;
  Mutex mutex_;
  Condition is_free_;
  std::size_t taken_ GUARDED_BY(mutex_) = 0;
  std::vector<std::unique_ptr<Connection>> idle_ GUARDED_BY(mutex_);
};

}  // namespace tidings::sql

// What /health/deep asks: each dependency by itself, with what is wrong and what to do.
#pragma once

#include <vector>

#include "app/settings.h"
#include "ports/object_store.h"
#include "ports/stores.h"
#include "serve/api_server.h"

namespace tidings::app {

// Database, object store, event lag and disk space. The references must outlive the checks.
std::vector<serve::HealthCheck> health_checks(Stores& stores, ObjectStore& objects,
                                              const Settings& settings);

// Writes an object and reads it back.
serve::HealthReport check_objects(ObjectStore& objects);

// How far each consumer of the log is.
Result<std::vector<serve::ConsumerProgress>> consumer_progress(const EventLog& log);

}  // namespace tidings::app

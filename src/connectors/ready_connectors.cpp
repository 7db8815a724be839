#include "connectors/ready_connectors.h"

#include <array>
#include <string>

#include "connectors/connectors_embedded.h"

namespace tidings::connectors {

std::span<const ReadyConnector> ready_connectors() {
  static const std::array<ReadyConnector, 9> kReady = {{
      {"gdelt", embedded::gdelt_toml},
      {"gnews", embedded::gnews_toml},
      {"guardian", embedded::guardian_toml},
      {"hacker_news", embedded::hacker_news_toml},
      {"media_cloud", embedded::media_cloud_toml},
      {"newsapi", embedded::newsapi_toml},
      {"newsapi_top", embedded::newsapi_top_toml},
      {"nytimes", embedded::nytimes_toml},
      {"nytimes_top", embedded::nytimes_top_toml},
  }};
  return kReady;
}

Result<std::string_view> ready_connector_file(std::string_view name) {
  for (const ReadyConnector& ready : ready_connectors()) {
    if (ready.name == name) return ready.toml;
  }
  return not_found("there is no connector " + std::string(name));
}

}  // namespace tidings::connectors

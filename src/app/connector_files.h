// The connectors that there are: a person's own files, in front of those that come with the
// program.
#pragma once

#include <string>
#include <vector>

#include "app/settings.h"
#include "connectors/connector.h"
#include "core/result.h"
#include "core/seal.h"
#include "pipeline/api_refresh.h"
#include "ports/secret_store.h"

namespace tidings::app {

struct ConnectorFile {
  std::string name;
  std::string path;  // empty: comes with the program
  std::string toml;
};

// NotFound names those that there are.
Result<ConnectorFile> find_connector_file(const Settings& settings, const std::string& name);

// By name. Files of a person's own that cannot be read are there with an empty text.
std::vector<ConnectorFile> connector_files(const Settings& settings);

// InvalidInput names the place in the file; also where the file is not called after the connector.
Result<connectors::Connector> read_connector_file(const ConnectorFile& file);

// The address of a source as it is stored: one of an API held against its connector, every other
// one as it is. A usage error lists what the connector takes.
Result<std::string> checked_address(const Settings& settings, const std::string& address);

// The name of the secret that the source at this address needs; empty where it needs none.
std::string secret_of(const Settings& settings, const std::string& address);

// Both must outlive it.
pipeline::ApiAccess api_access(const Settings& settings, const SecretStore& secrets,
                               Sealer& sealer);

}  // namespace tidings::app

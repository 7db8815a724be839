// What is typed about what a feed's requests carry.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "app/opened.h"
#include "core/result.h"
#include "core/secret_text.h"
#include "model/access.h"
#include "model/source.h"

namespace tidings::app {

// --header, --header-from, --user, --bearer-from, --user-agent, --proxy and --clear-access.
const std::vector<Option>& access_options();

class AccessOptions {
 public:
  // A usage error for what cannot be sent. Nothing is asked for yet.
  static Result<AccessOptions> read(const Arguments& arguments);

  bool is_given() const;

  // Asks for what apply() needs, and says what stands in its way, before a source is made.
  Result<void> prepare(Opened& opened, std::span<const SourceSettings> sources);

  // SourceSettings::access of the source once these are over what it carries already, and its
  // address is `url`. Asks for a password the first time that it needs one. Forbidden where the
  // address moves to another origin and nothing says what becomes of what was given for the old
  // one.
  Result<std::string> apply(Opened& opened, const Source& source, const std::string& url);

 private:
  struct Header {
    std::string name;
    std::string value;
  };

  Result<SecretText> secret_named(Opened& opened, const std::string& name) const;
  Result<void> put_credentials(Opened& opened, SourceAccess& access);

  bool clear_ = false;
  std::vector<Header> headers_;
  std::vector<Header> headers_from_;  // the value is the name of a secret
  std::optional<std::string> user_, bearer_from_, user_agent_, proxy_;
  std::optional<SecretText> password_;
};

}  // namespace tidings::app

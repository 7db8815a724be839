#include "app/access_options.h"

#include <memory>
#include <string_view>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/master_keys.h"
#include "app/secret_input.h"
#include "core/strings.h"
#include "core/url.h"

namespace tidings::app {
namespace {

Result<std::pair<std::string, std::string>> split_header(std::string_view typed) {
  const std::size_t colon = typed.find(':');
  const std::string_view name = trim(typed.substr(0, colon));
  const std::string_view value =
      colon == std::string_view::npos ? std::string_view() : trim(typed.substr(colon + 1));
  const Result<void> checked =
      check_access_header(colon == std::string_view::npos ? std::string_view() : name, value);
  if (!checked) return usage_error(checked.error().message);
  return std::pair(std::string(name), std::string(value));
}

Result<void> check_secret_option(const std::optional<std::string>& name) {
  if (name && !is_secret_name(*name)) return usage_error(bad_secret_name(*name).message);
  return {};
}

Error carries_nothing(std::string_view url) {
  return usage_error(fmt::format("{} is no feed: only requests to feeds carry these", url));
}

}  // namespace

const std::vector<Option>& access_options() {
  static const std::vector<Option> kOptions = {{"--header", "NAME: VALUE", true},
                                               {"--header-from", "NAME: SECRET", true},
                                               {"--user", "NAME"},
                                               {"--bearer-from", "SECRET"},
                                               {"--user-agent", "TEXT"},
                                               {"--proxy", "URL"},
                                               {"--clear-access", ""}};
  return kOptions;
}

Result<AccessOptions> AccessOptions::read(const Arguments& arguments) {
  AccessOptions options;
  options.clear_ = arguments.has("--clear-access");
  for (const std::string& typed : arguments.all("--header")) {
    auto [name, value] = TRY(split_header(typed));
    options.headers_.push_back({std::move(name), std::move(value)});
  }
  for (const std::string& typed : arguments.all("--header-from")) {
    auto [name, secret] = TRY(split_header(typed));
    TRY(check_secret_option(secret));
    options.headers_from_.push_back({std::move(name), std::move(secret)});
  }
  options.user_ = arguments.get("--user");
  options.bearer_from_ = arguments.get("--bearer-from");
  TRY(check_secret_option(options.bearer_from_));
  if (options.user_ && options.bearer_from_)
    return usage_error("--user and --bearer-from exclude each other: both say who we are");
  if (options.user_ && (options.user_->empty() || options.user_->find(':') != std::string::npos))
    return usage_error("--user takes a name without ':'; the password is read or asked for");
  options.user_agent_ = arguments.get("--user-agent");
  // Checked as any value is; its name is the option's own.
  if (options.user_agent_ && !check_access_header("X", *options.user_agent_))
    return usage_error("--user-agent takes one line of text");
  options.proxy_ = arguments.get("--proxy");
  if (options.proxy_ && !options.proxy_->empty()) {
    if (const auto checked = check_proxy(*options.proxy_); !checked)
      return usage_error(fmt::format("--proxy: {}", checked.error().message));
  }
  return options;
}

bool AccessOptions::is_given() const {
  return clear_ || !headers_.empty() || !headers_from_.empty() || user_ || bearer_from_ ||
         user_agent_ || proxy_;
}

Result<SecretText> AccessOptions::secret_named(Opened& opened, const std::string& name) const {
  const auto sealer = make_sealer(opened.settings);
  return open_secret(opened.stores->secrets(), *sealer, name);
}

Result<void> AccessOptions::put_credentials(Opened& opened, SourceAccess& access) {
  for (const Header& header : headers_) access.set_header(header.name, header.value);
  for (const Header& header : headers_from_) {
    const SecretText secret = TRY(secret_named(opened, header.value));
    TRY(check_access_header(header.name, secret));
    access.set_header(header.name, secret);
  }
  if (bearer_from_) {
    const SecretText token = TRY(secret_named(opened, *bearer_from_));
    const SecretText value("Bearer " + std::string(token.view()));
    TRY(check_access_header("Authorization", value));
    access.set_header("Authorization", value);
  }
  if (user_) {
    if (!password_) password_ = TRY(read_secret(fmt::format("password of {}", *user_)));
    const SecretText value(basic_credentials(*user_, *password_));
    access.set_header("Authorization", value);
  }
  return {};
}

Result<void> AccessOptions::prepare(Opened& opened, std::span<const SourceSettings> sources) {
  if (!is_given()) return {};
  for (const SourceSettings& source : sources) {
    if (kind_of(source.url) != SourceKind::Feed) return carries_nothing(source.url);
  }
  SourceAccess tried;
  return put_credentials(opened, tried);
}

Result<std::string> AccessOptions::apply(Opened& opened, const Source& source,
                                         const std::string& url) {
  const std::string& stored = source.settings.access;
  if (!is_given() && (stored.empty() || url == source.settings.url)) return stored;
  if (is_given() && !clear_ && kind_of(url) != SourceKind::Feed) return carries_nothing(url);
  const auto sealer = make_sealer(opened.settings);
  const SourceAccess before =
      clear_ ? SourceAccess() : TRY(open_access(stored, source.id, *sealer));
  SourceAccess access = before;
  access.origin = TRY(parse_url(url)).origin();
  const bool moves = !before.headers.empty() && before.origin != access.origin;
  if (moves) {
    return Error{ErrorKind::Forbidden,
                 fmt::format("source {} carries headers that were given for {}: give them anew for "
                             "{} with --clear-access and --header, --user or --bearer-from",
                             to_text(source.id), before.origin, access.origin),
                 {}};
  }
  TRY(put_credentials(opened, access));
  if (user_agent_) access.user_agent = *user_agent_;
  if (proxy_) access.proxy = *proxy_;
  if (access == before) return clear_ ? std::string() : stored;
  return seal_access(access, source.id, *sealer);
}

}  // namespace tidings::app

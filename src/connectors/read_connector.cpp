#include "connectors/read_connector.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "connectors/read_fields.h"
#include "connectors/toml_table.h"
#include "core/locale_codes.h"
#include "core/strings.h"
#include "core/url.h"

namespace tidings::connectors {
namespace {

// Names that a request has besides the connector's own parameters.
constexpr std::array<std::string_view, 2> kTimes = {"since", "until"};

class ConnectorReader {
 public:
  ConnectorReader(const toml::table& table, TomlProblems& problems) : file_(table, "", problems) {}

  Connector read() {
    read_head();
    read_parameters();
    read_key();
    read_request();
    read_paging();
    read_window();
    read_limits();
    read_answer();
    file_.finish();
    return std::move(connector_);
  }

 private:
  void read_head() {
    connector_.name = file_.required_text("name");
    if (!connector_.name.empty() && !is_connector_name(connector_.name))
      file_.wrong("name", "must be of lower-case letters, digits, '_' and '-'");
    connector_.title = file_.required_text("title");
    connector_.description = file_.text("description");
    connector_.terms = address("terms");
    connector_.site = address("site");
    if (const std::string tag = file_.text("language"); !tag.empty()) {
      connector_.language = tidy_language(tag);
      if (connector_.language.empty())
        file_.wrong("language", "must be a BCP 47 tag such as en or pt-BR");
    }
    connector_.country = file_.text("country");
    if (!connector_.country.empty() && !is_country_code(connector_.country))
      file_.wrong("country", "must be two capital letters (ISO 3166-1) such as DE");
  }

  std::string address(std::string_view key) {
    std::string text = file_.text(key);
    if (!text.empty() && !parse_url(text)) file_.wrong(key, "must be an http or https address");
    return text;
  }

  void read_parameters() {
    std::optional<TomlTable> tables = file_.table("parameters");
    if (!tables) return;
    for (auto& [name, table] : tables->all_tables()) {
      Parameter parameter{.name = name,
                          .help = table.text("help"),
                          .required = table.flag("required", false),
                          .default_value = table.text("default"),
                          .values = table.texts("values")};
      if (std::find(kTimes.begin(), kTimes.end(), name) != kTimes.end())
        tables->wrong(name, "since and until are times of the refresh and cannot be parameters");
      if (parameter.required && !parameter.default_value.empty())
        table.wrong("required", "a parameter with a default need not be given");
      const auto& values = parameter.values;
      if (!parameter.default_value.empty() && !values.empty() &&
          std::find(values.begin(), values.end(), parameter.default_value) == values.end())
        table.wrong("default", fmt::format("must be one of {}", join(values, ", ")));
      table.finish();
      connector_.parameters.push_back(std::move(parameter));
    }
  }

  void read_key() {
    std::optional<TomlTable> table = file_.table("key");
    if (!table) return;
    KeyRule& key = connector_.key;
    key.secret = table->text("secret");
    if (key.secret.empty()) key.secret = connector_.name;
    const std::string place = table->required_text("in");
    using Place = KeyRule::Place;
    key.place = place == "header"   ? Place::Header
                : place == "query"  ? Place::Query
                : place == "bearer" ? Place::Bearer
                                    : Place::None;
    if (!place.empty() && key.place == Place::None)
      table->wrong("in", fmt::format("'{}' is not header, query or bearer", place));
    if (key.place == Place::Header || key.place == Place::Query)
      key.name = table->required_text("name");
    key.prefix = table->text("prefix");
    if (!key.prefix.empty() && key.place != Place::Header)
      table->wrong("prefix", "stands before a key in a header; this one is not there");
    key.plain_http = table->flag("plain_http", false);
    table->finish();
  }

  void read_request() {
    const std::string url = file_.required_text("url");
    connector_.url = file_.taken("url", parse_template(url));
    check_names(file_, "url", connector_.url);
    if (!url.empty()) check_url(url);
    connector_.query = read_templates("query");
    connector_.headers = read_templates("headers");
  }

  std::vector<std::pair<std::string, TextTemplate>> read_templates(std::string_view key) {
    std::vector<std::pair<std::string, TextTemplate>> templates;
    std::optional<TomlTable> table = file_.table(key);
    if (!table) return templates;
    for (const auto& [name, text] : table->all_texts()) {
      templates.emplace_back(name, table->taken(name, parse_template(text)));
      check_names(*table, name, templates.back().second);
      if (connector_.key.place != KeyRule::Place::None && iequals(name, connector_.key.name))
        table->wrong(name, "this is where [key] puts the key");
    }
    return templates;
  }

  void check_names(TomlTable& table, std::string_view key, const TextTemplate& text) {
    for (const TextTemplate::Piece& piece : text.pieces) {
      const bool is_known = !piece.is_name || connector_.find_parameter(piece.text) != nullptr ||
                            std::find(kTimes.begin(), kTimes.end(), piece.text) != kTimes.end();
      if (!is_known) {
        table.wrong(
            key, fmt::format("there is no parameter '{0}': declare [parameters.{0}]", piece.text));
      }
    }
  }

  // A key goes where the file says and nowhere else: not to a host that an address names, not in
  // the clear.
  void check_url(const std::string& url) {
    const bool is_https = istarts_with(url, "https://");
    const bool has_key = connector_.key.place != KeyRule::Place::None;
    if (!is_https && !istarts_with(url, "http://")) {
      return file_.wrong("url", "must begin with https:// or http://");
    }
    if (has_key && !is_https && !connector_.key.plain_http) {
      file_.wrong("url", "a key is sent over https only; key.plain_http = true allows this one");
    }
    const std::size_t host = url.find("://") + 3;
    const std::string_view authority =
        std::string_view(url).substr(host, url.find_first_of("/?#", host) - host);
    if (authority.find('@') != std::string_view::npos)
      file_.wrong("url", "must not hold a name and a password: keys are declared under [key]");
    if (has_key && authority.find('{') != std::string_view::npos)
      file_.wrong("url", "the host cannot be a parameter where there is a key");
    if (url.find('#') != std::string::npos) file_.wrong("url", "must not have a fragment");
  }

  void read_paging() {
    std::optional<TomlTable> table = file_.table("paging");
    if (!table) return;
    PagingRule& paging = connector_.paging;
    using Kind = PagingRule::Kind;
    const std::pair<std::string_view, Kind> kinds[] = {{"page", Kind::Page},
                                                       {"offset", Kind::Offset},
                                                       {"cursor", Kind::Cursor},
                                                       {"link", Kind::Link},
                                                       {"window", Kind::Window}};
    const std::string kind = table->required_text("kind");
    for (const auto& [name, value] : kinds) {
      if (kind == name) paging.kind = value;
    }
    if (!kind.empty() && paging.kind == Kind::None) {
      table->wrong("kind", fmt::format("'{}' is not page, offset, cursor, link or window", kind));
    }
    if (paging.kind == Kind::Page || paging.kind == Kind::Offset || paging.kind == Kind::Cursor)
      paging.parameter = table->required_text("parameter");
    paging.first = table->integer("first", 0, 1'000'000).value_or(1);
    paging.size = static_cast<std::size_t>(table->integer("size", 1, 10'000).value_or(0));
    paging.pages_max = static_cast<std::size_t>(table->integer("pages_max", 1, 100).value_or(5));
    paging.has_next = table->has("next");
    if (paging.kind == Kind::Cursor && !paging.has_next)
      table->wrong("next", "is missing: the path of the cursor in the answer");
    paging.next = table->taken("next", JsonPath::parse(table->text("next")));
    if (table->has("pages"))
      paging.pages = table->taken("pages", JsonPath::parse(table->text("pages")));
    paging.until_known = table->flag("until_known", true);
    table->finish();
  }

  void read_window() {
    std::optional<TomlTable> table = file_.table("since");
    if (!table) return;
    if (const std::string format = table->text("format"); !format.empty())
      connector_.window.format = table->taken("format", parse_time_format(format));
    constexpr std::int64_t kYearHours = 366 * 24;
    if (const auto first = table->integer("first_hours", 1, kYearHours))
      connector_.window.first = std::chrono::hours(*first);
    if (const auto overlap = table->integer("overlap_hours", 0, kYearHours))
      connector_.window.overlap = std::chrono::hours(*overlap);
    table->finish();
  }

  void read_limits() {
    if (std::optional<TomlTable> table = file_.table("rate")) {
      connector_.rate.per_second = table->integer("per_second", 1, 1'000);
      connector_.rate.per_minute = table->integer("per_minute", 1, 60'000);
      connector_.rate.per_day = table->integer("per_day", 1, 100'000'000);
      table->finish();
    }
    if (const auto minutes = file_.integer("interval_minutes", 1, 24 * 60))
      connector_.interval = std::chrono::minutes(*minutes);
  }

  void read_answer() {
    if (!file_.has("list")) file_.wrong("list", "is missing: the path of the list of entries");
    connector_.list = file_.taken("list", JsonPath::parse(file_.text("list")));
    if (std::optional<TomlTable> fields = file_.table("fields")) {
      connector_.fields = read_fields(*std::move(fields));
    } else {
      file_.wrong("fields", "is missing: [fields] says where title, url and the others stand");
    }
    if (std::optional<TomlTable> table = file_.table("error")) {
      for (const std::string& text : table->texts("message"))
        connector_.error_message.push_back(table->taken("message", JsonPath::parse(text)));
      table->finish();
    }
  }

  TomlTable file_;
  Connector connector_;
};

}  // namespace

bool is_connector_name(std::string_view name) {
  constexpr std::size_t kNameBytesMax = 64;
  return !name.empty() && name.size() <= kNameBytesMax &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == '-';
         });
}

Result<Connector> read_connector(std::string_view toml, std::string_view file) {
  if (toml.size() > kConnectorBytesMax)
    return invalid_input(fmt::format("{}: larger than {} bytes", file, kConnectorBytesMax));
  try {
    const toml::table table = toml::parse(toml, std::string(file));
    TomlProblems problems{std::string(file)};
    Connector connector = ConnectorReader(table, problems).read();
    TRY(problems.outcome());
    return connector;
  } catch (const toml::parse_error& error) {
    return invalid_input(
        fmt::format("{}:{}: {}", file, error.source().begin.line, error.description()));
  }
}

}  // namespace tidings::connectors

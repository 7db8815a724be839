#include "normalize/canonical_url.h"

#include <algorithm>
#include <iterator>

#include "core/strings.h"
#include "core/url.h"

namespace tidings::normalize {
namespace {

// Parameters that say where a reader came from and never what the page shows. 'ref', 'source' and
// 'from' are absent on purpose: some sites route on them.
constexpr std::string_view kTracking[] = {
    "__hsfp",
    "__hssc",
    "__hstc",
    "__s",
    "__twitter_impression",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_openstat",
    "at_campaign",
    "at_custom1",
    "at_custom2",
    "at_custom3",
    "at_custom4",
    "at_medium",
    "cmpid",
    "dclid",
    "dm_i",
    "ef_id",
    "epik",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "hsctatracking",
    "icid",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "ncid",
    "ns_campaign",
    "ns_linkname",
    "ns_mchannel",
    "ns_source",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "s_cid",
    "sr_share",
    "srsltid",
    "ttclid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "wt_mc",
    "wt_zmc",
    "xtor",
    "yclid",
    "ysclid",
};
constexpr std::string_view kTrackingPrefixes[] = {"utm_",   "mtm_",    "pk_",
                                                  "piwik_", "matomo_", "hsa_"};

bool is_tracking(std::string_view parameter) {
  const std::string name = to_lower(parameter.substr(0, parameter.find('=')));
  return std::binary_search(std::begin(kTracking), std::end(kTracking), name) ||
         std::any_of(std::begin(kTrackingPrefixes), std::end(kTrackingPrefixes),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

std::string query_without_tracking(std::string_view query) {
  std::string kept;
  for (const std::string_view parameter : split(query, '&')) {
    if (parameter.empty() || is_tracking(parameter)) continue;
    if (!kept.empty()) kept += '&';
    kept += parameter;
  }
  return kept;
}

bool has_tracking(std::string_view query) {
  const std::vector<std::string_view> parameters = split(query, '&');
  return std::any_of(parameters.begin(), parameters.end(), is_tracking);
}

}  // namespace

Result<std::string> canonical_url(std::string_view address) {
  Url url = TRY(parse_url(address));
  url.user_info.clear();
  url.query = query_without_tracking(url.query);
  url.has_query = !url.query.empty();
  if (!url.fragment.starts_with('!')) {
    url.fragment.clear();
    url.has_fragment = false;
  }
  return url.to_string();
}

std::string without_tracking(std::string address) {
  const std::size_t mark = address.find_first_of("?#");
  if (mark == std::string::npos || address[mark] == '#') return address;
  const std::size_t end = std::min(address.find('#', mark), address.size());
  const std::string_view query = std::string_view(address).substr(mark + 1, end - mark - 1);
  if (!has_tracking(query)) return address;
  const std::string kept = query_without_tracking(query);
  return address.substr(0, mark) + (kept.empty() ? "" : "?" + kept) + address.substr(end);
}

}  // namespace tidings::normalize

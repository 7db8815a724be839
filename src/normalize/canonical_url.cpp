#include "normalize/canonical_url.h"

#include <algorithm>
#include <iterator>

#include "core/strings.h"
#include "core/url.h"

namespace tidings::normalize {
namespace {

// Parameters that say where a reader came from and never what the page shows. 'ref', 'source',
// 'from' and 'cid' are absent on purpose: some sites route on them.
constexpr std::string_view kTracking[] = {
    "__cft__",
    "__hsfp",
    "__hssc",
    "__hstc",
    "__s",
    "__tn__",
    "__twitter_impression",
    "__xts__",
    "_branch_match_id",
    "_bta_c",
    "_bta_tid",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_ke",
    "_kx",
    "_mc_id",
    "_openstat",
    "action_object_map",
    "action_ref_map",
    "action_type_map",
    "at_brand",
    "at_campaign",
    "at_custom1",
    "at_custom2",
    "at_custom3",
    "at_custom4",
    "at_format",
    "at_link_id",
    "at_link_origin",
    "at_link_type",
    "at_medium",
    "at_ptr_name",
    "at_recipient_id",
    "at_recipient_list",
    "bsft_clkid",
    "bsft_eid",
    "bsft_uid",
    "cmp_id",
    "cmpid",
    "dclid",
    "dgcid",
    "dm_i",
    "echobox",
    "ef_id",
    "elqtrack",
    "elqtrackid",
    "epik",
    "fb_action_ids",
    "fb_action_types",
    "fb_comment_id",
    "fb_ref",
    "fb_source",
    "fbadid",
    "fbclid",
    "fbplacement",
    "ftag",
    "gad_campaignid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "gs_lcp",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "gws_rd",
    "hsctatracking",
    "icid",
    "ig_rid",
    "igsh",
    "igshid",
    "irclickid",
    "itm_campaign",
    "itm_content",
    "itm_medium",
    "itm_source",
    "itm_term",
    "li_fat_id",
    "maca",
    "mbid",
    "mc_cid",
    "mc_eid",
    "mibextid",
    "mkcid",
    "mkevt",
    "mkrid",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "ncid",
    "nr_email_referer",
    "ns_campaign",
    "ns_ea",
    "ns_fee",
    "ns_linkname",
    "ns_mchannel",
    "ns_source",
    "ocid",
    "oft_c",
    "oft_ck",
    "oft_d",
    "oft_id",
    "oft_k",
    "oft_lk",
    "oft_sk",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "rdt_cid",
    "s_cid",
    "s_kwcid",
    "sc_campaign",
    "sc_channel",
    "sc_content",
    "sc_country",
    "sc_eh",
    "sc_geo",
    "sc_lid",
    "sc_llid",
    "sc_medium",
    "sc_outcome",
    "sc_uid",
    "sfmc_activityid",
    "sfmc_id",
    "sfmc_j",
    "smid",
    "spm_id_from",
    "sr_share",
    "srsltid",
    "ss_campaign_id",
    "ss_email_id",
    "ss_source",
    "taid",
    "tdsourcetag",
    "trk_contact",
    "trk_module",
    "trk_msg",
    "trk_sid",
    "ttclid",
    "tw_profile_id",
    "tw_source",
    "twclid",
    "vero_conv",
    "vero_id",
    "vgo_ee",
    "wbraid",
    "wickedid",
    "wprov",
    "wt_mc",
    "wt_mc_id",
    "wt_zmc",
    "xtcr",
    "xtor",
    "yadclid",
    "yadordid",
    "yclid",
    "ysclid",
};
constexpr std::string_view kTrackingPrefixes[] = {"utm_",    "mtm_", "pk_",      "piwik_",
                                                  "matomo_", "hsa_", "at_custom"};
static_assert(std::is_sorted(std::begin(kTracking), std::end(kTracking)));

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

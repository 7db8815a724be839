#include "text/date_zones.h"

#include <chrono>

#include "core/strings.h"

namespace tidings::text {
namespace {

using namespace std::chrono;

struct NamedZone {
  std::string_view name;
  Zone zone;
};

constexpr NamedZone kWords[] = {
    {"utc", {0}},
    {"gmt", {0}},
    {"ut", {0}},
    {"est", {-300}},
    {"edt", {-240}},
    {"cst", {-360}},
    {"cdt", {-300}},
    {"mst", {-420}},
    {"mdt", {-360}},
    {"pst", {-480}},
    {"pdt", {-420}},
    {"cet", {60}},
    {"cest", {120}},
    {"mez", {60}},
    {"mesz", {120}},
    {"met", {60}},
    {"mest", {120}},
    {"wet", {0}},
    {"west", {60}},
    {"bst", {60}},
    {"eet", {120}},
    {"eest", {180}},
    {"msk", {180}},
    {"msd", {240}},
    {"trt", {180}},
    {"ist", {330}},
    {"pkt", {300}},
    {"npt", {345}},
    {"ict", {420}},
    {"wib", {420}},
    {"wita", {480}},
    {"wit", {540}},
    {"sgt", {480}},
    {"hkt", {480}},
    {"pht", {480}},
    {"myt", {480}},
    {"awst", {480}},
    {"jst", {540}},
    {"kst", {540}},
    {"acst", {570}},
    {"acdt", {630}},
    {"aest", {600}},
    {"aedt", {660}},
    {"nzst", {720}},
    {"nzdt", {780}},
    {"ast", {-240}},
    {"adt", {-180}},
    {"nst", {-210}},
    {"ndt", {-150}},
    {"akst", {-540}},
    {"akdt", {-480}},
    {"hst", {-600}},
    {"hast", {-600}},
    {"sst", {-660}},
    {"chst", {600}},
    {"brt", {-180}},
    {"brst", {-120}},
    {"art", {-180}},
    {"clt", {-240}},
    {"clst", {-180}},
    {"uyt", {-180}},
    {"bot", {-240}},
    {"vet", {-240}},
    {"cot", {-300}},
    {"pet", {-300}},
    {"pyt", {-180}},
    {"sast", {120}},
    {"cat", {120}},
    {"wat", {60}},
    {"eat", {180}},
    {"gst", {240}},
    {"azt", {240}},
    {"irst", {210}},
    {"irdt", {270}},
    {"aft", {270}},
    {"uzt", {300}},
    {"yekt", {300}},
    {"omst", {360}},
    {"bdt", {360}},
    {"btt", {360}},
    {"mmt", {390}},
    {"novt", {420}},
    {"krat", {420}},
    {"irkt", {480}},
    {"yakt", {540}},
    {"vlat", {600}},
    {"magt", {660}},
    {"idt", {180}},
    {"hne", {-300}},
    {"hae", {-240}},
    {"hnec", {60}},
    {"haec", {120}},
    {"et", {-300, SummerTime::American}},
    {"ct", {-360, SummerTime::American}},
    {"mt", {-420, SummerTime::American}},
    {"pt", {-480, SummerTime::American}},
    {"eastern", {-300, SummerTime::American}},
    {"mountain", {-420, SummerTime::American}},
    {"pacific", {-480, SummerTime::American}},
    {"aet", {600, SummerTime::Australian}},
    {"nzt", {720, SummerTime::NewZealand}},
};

// Places, by the rule that they share.
struct Places {
  Zone zone;
  std::string_view names;  // lower case, a space around each
};

constexpr Places kPlaces[] = {
    {{0},
     " etc/utc etc/gmt utc/utc etc/universal etc/zulu africa/abidjan africa/accra africa/dakar "
     "atlantic/reykjavik "},
    {{0, SummerTime::European},
     " europe/london europe/lisbon europe/dublin europe/belfast atlantic/canary europe/jersey "
     "europe/guernsey europe/isle_of_man atlantic/madeira atlantic/faroe "},
    {{60}, " africa/lagos africa/algiers africa/tunis africa/casablanca africa/kinshasa "},
    {{60, SummerTime::European},
     " europe/berlin europe/paris europe/madrid europe/rome europe/vienna europe/zurich "
     "europe/amsterdam europe/brussels europe/luxembourg europe/copenhagen europe/oslo "
     "europe/stockholm europe/warsaw europe/prague europe/bratislava europe/budapest "
     "europe/belgrade "
     "europe/zagreb europe/ljubljana europe/sarajevo europe/skopje europe/tirane europe/malta "
     "europe/monaco europe/andorra europe/vaduz europe/san_marino europe/vatican europe/podgorica "
     "europe/busingen europe/gibraltar africa/ceuta arctic/longyearbyen "},
    {{120},
     " africa/johannesburg africa/cairo africa/tripoli africa/harare africa/maputo africa/lusaka "
     "europe/kaliningrad "},
    {{120, SummerTime::European},
     " europe/helsinki europe/kiev europe/kyiv europe/athens europe/bucharest europe/sofia "
     "europe/riga europe/vilnius europe/tallinn europe/chisinau europe/mariehamn asia/nicosia "},
    {{180},
     " europe/moscow europe/istanbul europe/minsk europe/simferopol asia/istanbul asia/riyadh "
     "asia/baghdad asia/kuwait asia/qatar asia/amman asia/damascus africa/nairobi "
     "africa/addis_ababa "},
    {{210}, " asia/tehran "},
    {{240}, " asia/dubai asia/baku asia/tbilisi asia/yerevan europe/samara europe/saratov "},
    {{270}, " asia/kabul "},
    {{300}, " asia/karachi asia/tashkent asia/yekaterinburg asia/almaty indian/maldives "},
    {{330}, " asia/kolkata asia/calcutta asia/colombo "},
    {{345}, " asia/kathmandu asia/katmandu "},
    {{360}, " asia/dhaka asia/omsk asia/thimphu "},
    {{390}, " asia/yangon asia/rangoon "},
    {{420},
     " asia/bangkok asia/jakarta asia/ho_chi_minh asia/saigon asia/hanoi asia/novosibirsk "
     "asia/krasnoyarsk asia/phnom_penh asia/vientiane "},
    {{480},
     " asia/shanghai asia/hong_kong asia/singapore asia/taipei asia/manila asia/kuala_lumpur "
     "asia/macau asia/chongqing asia/beijing asia/urumqi australia/perth asia/irkutsk "
     "asia/makassar asia/ulaanbaatar "},
    {{540}, " asia/tokyo asia/seoul asia/pyongyang asia/yakutsk asia/jayapura "},
    {{570}, " australia/darwin "},
    {{570, SummerTime::Australian}, " australia/adelaide "},
    {{600}, " australia/brisbane australia/queensland asia/vladivostok pacific/guam "},
    {{600, SummerTime::Australian},
     " australia/sydney australia/melbourne australia/hobart australia/canberra australia/act "
     "australia/nsw australia/victoria "},
    {{720}, " pacific/fiji asia/kamchatka "},
    {{720, SummerTime::NewZealand}, " pacific/auckland antarctica/mcmurdo "},
    {{-180},
     " america/sao_paulo america/argentina/buenos_aires america/buenos_aires america/montevideo "
     "america/bahia america/fortaleza america/recife america/asuncion "},
    {{-210, SummerTime::American}, " america/st_johns "},
    {{-240},
     " america/caracas america/la_paz america/manaus america/puerto_rico america/santo_domingo "
     "america/guyana "},
    {{-240, SummerTime::American}, " america/halifax atlantic/bermuda "},
    {{-300}, " america/bogota america/lima america/panama america/jamaica america/guayaquil "},
    {{-300, SummerTime::American},
     " america/new_york america/toronto america/detroit america/montreal us/eastern canada/eastern "
     "america/havana america/nassau america/indiana/indianapolis america/kentucky/louisville "},
    {{-360},
     " america/mexico_city america/guatemala america/costa_rica america/el_salvador "
     "america/tegucigalpa america/managua america/regina "},
    {{-360, SummerTime::American}, " america/chicago america/winnipeg us/central canada/central "},
    {{-420}, " america/phoenix us/arizona america/hermosillo "},
    {{-420, SummerTime::American},
     " america/denver america/edmonton america/boise us/mountain canada/mountain "},
    {{-480, SummerTime::American},
     " america/los_angeles america/vancouver america/tijuana us/pacific canada/pacific "},
    {{-540, SummerTime::American}, " america/anchorage us/alaska "},
    {{-600}, " pacific/honolulu us/hawaii "},
};

// RFC 822 §5.1: A is -1 to M -12 without J, N is +1 to Y +12, Z is 0. (RFC 2822 §4.3 would have
// them all unknown, since half of those who used them had the signs the other way; as UTC they are
// off as far.)
std::optional<Zone> military_zone(char letter) {
  if (letter == 'z') return Zone{0};
  if (letter == 'j' || letter < 'a' || letter > 'z') return std::nullopt;
  if (letter <= 'i') return Zone{-60 * (letter - 'a' + 1)};
  if (letter <= 'm') return Zone{-60 * (letter - 'a')};
  return Zone{60 * (letter - 'n' + 1)};
}

Time at(year y, month m, weekday_indexed day, hours hour) {
  return Time(sys_days(y / m / day)) + hour;
}
Time at_last(year y, month m, hours hour) {
  return Time(sys_days(y / m / Sunday[last])) + hour;
}

bool is_summer(Time local, const Zone& zone) {
  const year y = year_month_day(floor<days>(local)).year();
  switch (zone.summer) {
    case SummerTime::European: {  // at 01:00 UTC everywhere
      const hours change = hours(1) + floor<hours>(minutes(zone.minutes));
      return local >= at_last(y, March, change) && local < at_last(y, October, change + hours(1));
    }
    case SummerTime::American:
      return local >= at(y, March, Sunday[2], hours(2)) &&
             local < at(y, November, Sunday[1], hours(2));
    case SummerTime::Australian:
      return local < at(y, April, Sunday[1], hours(3)) ||
             local >= at(y, October, Sunday[1], hours(2));
    case SummerTime::NewZealand:
      return local < at(y, April, Sunday[1], hours(3)) || local >= at_last(y, September, hours(2));
    default:
      return false;
  }
}

}  // namespace

std::chrono::minutes Zone::offset(Time local) const {
  const bool is_ahead = summer != SummerTime::None && is_summer(local, *this);
  return std::chrono::minutes(minutes + (is_ahead ? 60 : 0));
}

std::optional<Zone> zone_of_word(std::string_view folded) {
  if (folded.size() == 1) return military_zone(folded[0]);
  for (const NamedZone& known : kWords) {
    if (known.name == folded) return known.zone;
  }
  return std::nullopt;
}

std::optional<Zone> zone_of_place(std::string_view name) {
  if (name.size() > 40 || name.find(' ') != std::string_view::npos) return std::nullopt;
  char wanted[42];
  std::size_t size = 0;
  wanted[size++] = ' ';
  for (const char c : name) wanted[size++] = to_lower(c);
  wanted[size++] = ' ';
  for (const Places& places : kPlaces) {
    if (places.names.find(std::string_view(wanted, size)) != std::string_view::npos)
      return places.zone;
  }
  return std::nullopt;
}

}  // namespace tidings::text

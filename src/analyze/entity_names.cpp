#include "analyze/entity_names.h"

#include <algorithm>
#include <array>

#include "analyze/gazetteer.h"

namespace tidings::analyze {
namespace {

struct OtherName {
  std::string_view written, name;
};

// clang-format off
constexpr std::string_view kUn = "united nations", kEu = "european union", kWho = "world health organization", kImf = "international monetary fund",
    kEcb = "european central bank", kWorldBank = "world bank", kWto = "world trade organization", kCommission = "european commission",
    kParliament = "european parliament", kWhiteHouse = "white house", kRedCross = "red cross", kMsf = "doctors without borders", kFed = "federal reserve";
constexpr auto kOrganizations = std::to_array<OtherName>({
    {"un", kUn}, {"uno", kUn}, {"onu", kUn}, {"vn", kUn}, {kUn, kUn}, {"united nations organization", kUn}, {"vereinte nationen", kUn},
    {"vereinten nationen", kUn}, {"nations unies", kUn}, {"organisation des nations unies", kUn}, {"naciones unidas", kUn}, {"nazioni unite", kUn},
    {"nacoes unidas", kUn}, {"verenigde naties", kUn},
    {"eu", kEu}, {"ue", kEu}, {kEu, kEu}, {"europaische union", kEu}, {"europaischen union", kEu}, {"union europeenne", kEu}, {"union europea", kEu},
    {"unione europea", kEu}, {"uniao europeia", kEu}, {"europese unie", kEu},
    {"nato", "nato"}, {"otan", "nato"}, {"navo", "nato"}, {"north atlantic treaty organization", "nato"},
    {"who", kWho}, {"oms", kWho}, {kWho, kWho}, {"world health organisation", kWho}, {"weltgesundheitsorganisation", kWho},
    {"organisation mondiale de la sante", kWho}, {"organizacion mundial de la salud", kWho}, {"organizzazione mondiale della sanita", kWho},
    {"organizacao mundial da saude", kWho}, {"organizacao mundial de saude", kWho}, {"wereldgezondheidsorganisatie", kWho},
    {"imf", kImf}, {"fmi", kImf}, {"iwf", kImf}, {kImf, kImf}, {"internationaler wahrungsfonds", kImf}, {"internationale wahrungsfonds", kImf},
    {"internationalen wahrungsfonds", kImf}, {"fonds monetaire international", kImf}, {"fondo monetario internacional", kImf},
    {"fondo monetario internazionale", kImf}, {"fundo monetario internacional", kImf}, {"internationaal monetair fonds", kImf},
    {"ecb", kEcb}, {"ezb", kEcb}, {"bce", kEcb}, {kEcb, kEcb}, {"europaische zentralbank", kEcb}, {"europaischen zentralbank", kEcb},
    {"banque centrale europeenne", kEcb}, {"banco central europeo", kEcb}, {"banca centrale europea", kEcb}, {"banco central europeu", kEcb},
    {"europese centrale bank", kEcb},
    {kWorldBank, kWorldBank}, {"weltbank", kWorldBank}, {"banque mondiale", kWorldBank}, {"banco mundial", kWorldBank}, {"banca mondiale", kWorldBank},
    {"wereldbank", kWorldBank},
    {"wto", kWto}, {kWto, kWto}, {"welthandelsorganisation", kWto}, {"organisation mondiale du commerce", kWto}, {"organizacion mundial del comercio", kWto},
    {"organizzazione mondiale del commercio", kWto}, {"organizacao mundial do comercio", kWto}, {"wereldhandelsorganisatie", kWto},
    {kCommission, kCommission}, {"eu commission", kCommission}, {"eu kommission", kCommission}, {"europaische kommission", kCommission},
    {"europaischen kommission", kCommission}, {"commission europeenne", kCommission}, {"comision europea", kCommission},
    {"commissione europea", kCommission}, {"comissao europeia", kCommission}, {"europese commissie", kCommission},
    {kParliament, kParliament}, {"eu parliament", kParliament}, {"eu parlament", kParliament}, {"europaparlament", kParliament},
    {"europaisches parlament", kParliament}, {"europaischen parlament", kParliament}, {"parlement europeen", kParliament},
    {"parlamento europeo", kParliament}, {"parlamento europeu", kParliament}, {"europees parlement", kParliament},
    {kWhiteHouse, kWhiteHouse}, {"weisses haus", kWhiteHouse}, {"weißes haus", kWhiteHouse}, {"weiße haus", kWhiteHouse}, {"weißen haus", kWhiteHouse},
    {"maison blanche", kWhiteHouse}, {"casa blanca", kWhiteHouse}, {"casa bianca", kWhiteHouse}, {"casa branca", kWhiteHouse}, {"witte huis", kWhiteHouse},
    {"kremlin", "kremlin"}, {"kreml", "kremlin"}, {"cremlino", "kremlin"},
    {kRedCross, kRedCross}, {"rotes kreuz", kRedCross}, {"rote kreuz", kRedCross}, {"roten kreuz", kRedCross}, {"croix rouge", kRedCross},
    {"cruz roja", kRedCross}, {"croce rossa", kRedCross}, {"cruz vermelha", kRedCross}, {"rode kruis", kRedCross},
    {kMsf, kMsf}, {"msf", kMsf}, {"medecins sans frontieres", kMsf}, {"arzte ohne grenzen", kMsf}, {"medicos sin fronteras", kMsf},
    {"medici senza frontiere", kMsf}, {"medicos sem fronteiras", kMsf}, {"artsen zonder grenzen", kMsf},
    {kFed, kFed}, {"fed", kFed}, {"us fed", kFed}, {"us federal reserve", kFed}, {"federal reserve bank", kFed}, {"federal reserve board", kFed},
    {"fbi", "federal bureau of investigation"}, {"cia", "central intelligence agency"},
    {"taliban", "taliban"}, {"talibans", "taliban"}, {"talibanes", "taliban"}, {"talebani", "taliban"},
    {"hezbollah", "hezbollah"}, {"hizbollah", "hezbollah"}, {"hizbullah", "hezbollah"}, {"hisbollah", "hezbollah"}, {"hizbola", "hezbollah"}});
// clang-format on

// The most important sense, unless the name mostly means something else.
std::optional<std::string> place_called(std::string_view lower) {
  constexpr std::uint8_t kNoName =
      Sense::kDemonym | Sense::kDoubtful | Sense::kStem | Sense::kSecondary | Sense::kExact;
  const Gazetteer gazetteer;
  const Senses senses = gazetteer.find(lower);
  if (senses.empty() || (senses[0].use & kNoName) != 0) return std::nullopt;
  return std::string(gazetteer.place(senses[0].place).name);
}

}  // namespace

std::optional<std::string_view> known_organization(std::string_view key) {
  static const auto sorted = [] {
    auto names = kOrganizations;
    std::ranges::sort(names, {}, &OtherName::written);
    return names;
  }();
  const auto* const found = std::ranges::lower_bound(sorted, key, {}, &OtherName::written);
  if (found == sorted.end() || found->written != key) return std::nullopt;
  return found->name;
}

// "Deutschlands" is Germany's: the ending of a genitive is taken off what no place is called.
std::optional<std::string> known_place(std::string_view lower) {
  constexpr std::size_t kGenitiveBytesMin = 5;
  std::optional<std::string> place = place_called(lower);
  if (!place && lower.size() >= kGenitiveBytesMin && lower.ends_with('s'))
    place = place_called(lower.substr(0, lower.size() - 1));
  return place;
}

}  // namespace tidings::analyze

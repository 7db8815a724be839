#include "analyze/entities.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyze/entity_join.h"
#include "analyze/entity_key.h"
#include "tests/support/analysis_cases.h"

namespace tidings::analyze {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The mentions of "[person Ada Lovelace]" and its kind, and the text without brackets.
struct Marked {
  std::string text;
  std::vector<Mention> mentions;
};

EntityType type_named(std::string_view name) {
  for (const EntityType type : {EntityType::Person, EntityType::Organization, EntityType::Place,
                                EntityType::Product, EntityType::Event})
    if (to_string(type) == name) return type;
  ADD_FAILURE() << "no type " << name;
  return EntityType::Person;
}

Marked marked(std::string_view line) {
  Marked done;
  while (!line.empty()) {
    const std::size_t open = std::min(line.find('['), line.size());
    done.text += line.substr(0, open);
    line.remove_prefix(open);
    if (line.empty()) break;
    const std::size_t space = line.find(' '), close = line.find(']');
    const auto begin = static_cast<std::uint32_t>(done.text.size());
    done.text += line.substr(space + 1, close - space - 1);
    done.mentions.push_back({{begin, static_cast<std::uint32_t>(done.text.size())},
                             type_named(line.substr(1, space - 1))});
    line.remove_prefix(close + 1);
  }
  return done;
}

// "person Ada Lovelace (Lovelace) 2" of each entity, in the order of their names.
std::vector<std::string> joined(std::string_view line, std::string_view language = "en") {
  const Marked given = marked(line);
  std::vector<std::string> shown;
  for (const Entity& entity : entities(document_of(given.text, language), given.mentions)) {
    std::string aliases;
    for (const std::string& alias : entity.aliases)
      aliases += (aliases.empty() ? "" : ", ") + alias;
    shown.push_back(entity.text + " (" + aliases + ") " + std::to_string(entity.count));
  }
  std::sort(shown.begin(), shown.end());
  return shown;
}

TEST(Entities, JoinsASurnameWithTheFullName) {
  EXPECT_THAT(
      joined("[person Ada Lovelace] wrote. [person Lovelace] was read. Nobody heard [person Ada]."),
      ElementsAre("Ada Lovelace (Lovelace, Ada) 3"));
}

TEST(Entities, GivesASharedSurnameToThePersonNamedLastBefore) {
  EXPECT_THAT(joined("[person Hal Bush] met [person Ann Bush]. [person Bush] left."),
              ElementsAre("Ann Bush (Bush) 2", "Hal Bush () 1"));
}

TEST(Entities, JoinsWhatComesBeforeTheFullName) {
  EXPECT_THAT(joined("[person OKAFOR] RESIGNS\n[person Ngozi Okafor] resigned."),
              ElementsAre("Ngozi Okafor (OKAFOR) 2"));
}

TEST(Entities, JoinsAMiddleInitial) {
  EXPECT_THAT(joined("[person George Bush] and [person George W. Bush]; [person Bush]"),
              ElementsAre("George W. Bush (George Bush, Bush) 3"));
}

TEST(Entities, JoinsAcronyms) {
  EXPECT_THAT(joined("The [organization European Central Bank] ([organization ECB]) met. "
                     "[organization ECB] rates"),
              ElementsAre("European Central Bank (ECB) 3"));
  EXPECT_THAT(joined("[organization Green Party] ([organization GP]) and [organization Royal "
                     "Mail], [organization RM]"),
              ElementsAre("Green Party (GP) 2", "RM () 1", "Royal Mail () 1"));
}

TEST(Entities, DropsLegalFormsAndJoinsTheFirstWordOfOneCompany) {
  EXPECT_THAT(joined("[organization Halden Corp.] and [organization Halden]"),
              ElementsAre("Halden Corp. (Halden) 2"));
  EXPECT_THAT(joined("[organization Goldman Sachs] said. [organization Goldman] rose."),
              ElementsAre("Goldman Sachs (Goldman) 2"));
  EXPECT_THAT(joined("[organization United Airlines], [organization United Steelworkers], "
                     "[organization United]"),
              ElementsAre("United () 1", "United Airlines () 1", "United Steelworkers () 1"));
}

TEST(Entities, JoinsWhatACountryIsCalled) {
  EXPECT_THAT(joined("[place U.S.] and [place United States] and [place America]"),
              ElementsAre("United States (U.S., America) 3"));
}

TEST(Entities, JoinsWhatTheWorldsOrganizationsAreCalled) {
  EXPECT_THAT(joined("The [organization Federal Reserve] met. The [organization Fed] waits."),
              ElementsAre("Federal Reserve (Fed) 2"));
  EXPECT_THAT(joined("The [place EU] and the [organization European Union]"),
              ElementsAre("European Union (EU) 2"));
}

TEST(Entities, ALegalFormMakesACompany) {
  EXPECT_THAT(joined("[place Zelmex] rose. [organization Zelmex Corp.] said [person Zelmex] paid."),
              ElementsAre("Zelmex Corp. (Zelmex) 3"));
  EXPECT_THAT(joined("[organization Halvard Energy Inc] sank. [place Halvard] owes"),
              ElementsAre("Halvard Energy Inc (Halvard) 2"));
  EXPECT_THAT(joined("[organization Boston Scientific Corp] of [place Boston]"),
              ElementsAre("Boston () 1", "Boston Scientific Corp () 1"));
}

TEST(Entities, JoinsAStormWithItsName) {
  EXPECT_THAT(joined("[event Hurricane Ian] hit [place Naples]. [person Ian] weakened."),
              ElementsAre("Hurricane Ian (Ian) 2", "Naples () 1"));
}

TEST(Entities, JoinsGermanGenitives) {
  EXPECT_THAT(joined("[person Merkels] Plan. [person Angela Merkel] schweigt. [person Angela "
                     "Merkels] Nachfolger",
                     "de"),
              ElementsAre("Angela Merkel (Merkels, Angela Merkels) 3"));
  EXPECT_THAT(joined("[place Deutschlands] Wirtschaft. [place Deutschland] hofft.", "de"),
              ElementsAre("Deutschland (Deutschlands) 2"));
  EXPECT_THAT(joined("[person William] met [person Serena Williams]."),
              ElementsAre("Serena Williams () 1", "William () 1"));
}

TEST(Entities, OneNameHasTheTypeThatMostMentionsHave) {
  const Marked given = marked("[person Lincoln], [place Lincoln], [place Lincoln]");
  const std::vector<Entity> found = entities(document_of(given.text), given.mentions);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].type, EntityType::Place);
}

TEST(Entities, IdsAreTheSameInEveryArticle) {
  const auto id = [](std::string_view line) {
    const Marked given = marked(line);
    return entities(document_of(given.text), given.mentions).at(0).id;
  };
  EXPECT_EQ(id("[person Beyoncé Knowles] sang"), id("They saw [person BEYONCE KNOWLES]"));
  EXPECT_EQ(id("[organization Halden Inc.]"), id("[organization Halden]"));
  EXPECT_NE(id("[person Jordan]"), id("[place Jordan]"));
  EXPECT_EQ(id("[place Bayern]"), id("[place Bavaria]"));
  EXPECT_EQ(id("[place U.S.]"), id("[place Estados Unidos]"));
  EXPECT_EQ(id("[organization OTAN]"), id("[organization NATO]"));
  EXPECT_EQ(id("[person PRESIDENT BIDEN]"), id("[person Biden]"));
  EXPECT_EQ(id("[person Ada Lovelace]"), "8924106ed309568a")
      << "ids are stored: they may not change";
}

TEST(Entities, SalienceIsOfTitleThenStartAndSumsToLessThanOne) {
  std::string text = "Ada Lovelace honoured\n";
  const auto title_end = static_cast<std::uint32_t>(text.size() - 1);
  std::vector<Mention> mentions = {{{0, 12}, EntityType::Person}};
  for (const std::string name : {"Acme", "Paris"}) {
    for (int sentence = 0; sentence < 12; ++sentence) text += "It rained again today. ";
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += name + " said so. ";
    mentions.push_back(
        {{begin, begin + static_cast<std::uint32_t>(name.size())}, EntityType::Organization});
  }
  const std::vector<Entity> found = entities(document_of(text, "en", title_end), mentions);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].text, "Ada Lovelace");
  EXPECT_EQ(found[1].text, "Acme");
  EXPECT_GT(found[1].salience, found[2].salience);
  EXPECT_LT(found[0].salience + found[1].salience + found[2].salience, 1);
  EXPECT_FALSE(found[0].sentiment.has_value());
}

TEST(EntityKey, HasOneSpellingPerName) {
  EXPECT_EQ(entity_key("President Barack Obama", EntityType::Person), "barack obama");
  EXPECT_EQ(entity_key("Procter & Gamble Co.", EntityType::Organization), "procter & gamble");
  EXPECT_EQ(entity_key("The Hague", EntityType::Place), "hague");
  EXPECT_EQ(entity_key("München", EntityType::Place), "munich");
  EXPECT_EQ(entity_key("Frankreichs", EntityType::Place), "france");
  EXPECT_EQ(entity_key("EE.UU.", EntityType::Place), "united states");
  EXPECT_EQ(entity_key("Athens", EntityType::Place), "athens");
  EXPECT_EQ(entity_key("Paris", EntityType::Place), "paris");
  EXPECT_EQ(entity_key("Union européenne", EntityType::Organization), "european union");
  EXPECT_EQ(entity_key("São Paulo", EntityType::Place), "sao paulo");
  EXPECT_EQ(entity_key("O’Leary", EntityType::Person), "oleary");
  EXPECT_EQ(entity_key("President", EntityType::Person), "president");
  EXPECT_EQ(entity_key("…", EntityType::Person), "");
}

TEST(EntityMentions, OffsetsAreBytesWithoutThePossessive) {
  const std::string text = "Größe zählt\nIn São Paulo, Angela Merkel’s plan was read.";
  for (const Mention& mention : entity_mentions(document_of(text, "en", 13)))
    EXPECT_THAT(text.substr(mention.span.begin, mention.span.end - mention.span.begin),
                ::testing::Not(::testing::HasSubstr("’s")));
}

TEST(EntityMentions, APersonsNameEndsAtThePossessive) {
  const std::string text = "Angela Merkel's Germany was praised by Barack Obama's aides.";
  std::vector<std::string> people;
  for (const Mention& mention : entity_mentions(document_of(text)))
    if (mention.type == EntityType::Person)
      people.push_back(text.substr(mention.span.begin, mention.span.end - mention.span.begin));
  EXPECT_THAT(people, ElementsAre("Angela Merkel", "Barack Obama"));
}

TEST(EntityMentions, LanguagesWithoutAModelHaveNone) {
  EXPECT_THAT(entity_mentions(document_of("Angela Merkel besöker Paris.", "sv")), IsEmpty());
  EXPECT_THAT(entity_mentions(document_of("Angela Merkel visits Paris.", "und")), IsEmpty());
}

TEST(EntityMentions, BearsBadInput) {
  std::string repeated;
  for (int i = 0; i < 200'000; ++i) repeated += "Word ";
  for (const std::string& text : {std::string(), std::string("Paris"), std::string("😀😀😀"),
                                  std::string("\xff\xfe Paris\xc3"),
                                  std::string("ALL OF THIS IS IN CAPITALS AND SAYS NOTHING"),
                                  std::string("東京 Tokyo Москва"), repeated}) {
    const Document document = document_of(text);
    std::uint32_t before = 0;
    for (const Mention& mention : entity_mentions(document)) {
      EXPECT_LE(before, mention.span.begin);
      EXPECT_LT(mention.span.begin, mention.span.end);
      EXPECT_LE(mention.span.end, text.size());
      before = mention.span.end;
    }
    EXPECT_LE(entities(document).size(), kEntitiesMax);
  }
}

struct Counts {
  std::size_t gold = 0, found = 0, right = 0;
  double f1() const {
    return 2.0 * static_cast<double>(right) /
           static_cast<double>(std::max<std::size_t>(gold + found, 1));
  }
};

struct Measured {
  std::size_t cases = 0;
  std::map<std::string, Counts> by_type;  // and "all"
  std::string mistakes;
};

// Of one case: its names are exact spans with exact types.
void measure(const std::vector<std::string>& fields, const std::string& language, Measured& done) {
  const bool is_headline = fields[0].starts_with("= ");
  const std::string text = fields[0].substr(is_headline ? 2 : 0);
  std::multiset<std::string> expected;
  for (const std::string_view name : split(fields.at(1), '|')) {
    if (name.empty()) continue;
    expected.emplace(name);
    for (const std::string& type :
         {std::string("all"), std::string(name.substr(0, name.find(':')))})
      ++done.by_type[type].gold;
  }
  const auto title_end = static_cast<std::uint32_t>(is_headline ? text.size() : 0);
  for (const Mention& mention : entity_mentions(document_of(text, language, title_end))) {
    const std::string type(to_string(mention.type));
    const std::string name =
        type + ':' + text.substr(mention.span.begin, mention.span.end - mention.span.begin);
    const auto known = expected.find(name);
    for (const std::string& counted : {std::string("all"), type}) {
      ++done.by_type[counted].found;
      if (known != expected.end()) ++done.by_type[counted].right;
    }
    if (known == expected.end())
      done.mistakes += "\n+ " + name;
    else
      expected.erase(known);
  }
  for (const std::string& missed : expected) done.mistakes += "\n- " + missed;
}

// What ships holds this on sentences that it was not trained on.
TEST(EntityMentions, HoldsItsFloorInEachLanguage) {
  struct Floors {
    std::string language;
    std::map<std::string, double> by_type;
  };
  const auto floors_of = [](std::string language, double all, double person, double organization,
                            double place, double event, double product) {
    return Floors{std::move(language),
                  {{"all", all},
                   {"person", person},
                   {"organization", organization},
                   {"place", place},
                   {"event", event},
                   {"product", product}}};
  };
  const std::vector<Floors> floors = {floors_of("en", 0.90, 0.86, 0.89, 0.93, 0.80, 0.70),
                                      floors_of("de", 0.78, 0.80, 0.73, 0.84, 0.65, 0.55),
                                      floors_of("fr", 0.81, 0.90, 0.76, 0.83, 0.75, 0.60),
                                      floors_of("es", 0.82, 0.89, 0.79, 0.87, 0.70, 0.50),
                                      floors_of("it", 0.80, 0.87, 0.80, 0.82, 0.55, 0.55),
                                      floors_of("pt", 0.87, 0.88, 0.88, 0.88, 0.85, 0.62),
                                      floors_of("nl", 0.85, 0.91, 0.79, 0.88, 0.65, 0.75)};
  for (const Floors& floor : floors) {
    SCOPED_TRACE(floor.language);
    Measured done;
    for (const auto& fields : case_lines("entities/" + floor.language + ".tsv")) {
      ++done.cases;
      measure(fields, floor.language, done);
    }
    EXPECT_GE(done.cases, 60u);
    for (const auto& [type, least] : floor.by_type)
      EXPECT_GE(done.by_type[type].f1(), least) << type << done.mistakes;
    RecordProperty(floor.language, std::to_string(done.by_type["all"].f1()));
  }
}

}  // namespace
}  // namespace tidings::analyze

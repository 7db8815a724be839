#include "analyze/entities.h"

#include <algorithm>
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
std::vector<std::string> joined(std::string_view line) {
  const Marked given = marked(line);
  std::vector<std::string> shown;
  for (const Entity& entity : entities(document_of(given.text), given.mentions)) {
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

TEST(EntityMentions, LanguagesWithoutAModelHaveNone) {
  EXPECT_THAT(entity_mentions(document_of("Angela Merkel besucht Paris.", "de")), IsEmpty());
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

// What ships in English holds this on sentences that it was not trained on (exact names and types).
TEST(EntityMentions, HoldsItsFloorInEnglish) {
  const auto cases = case_lines("entities/en.tsv");
  std::size_t gold = 0, found = 0, right = 0;
  std::string mistakes;
  for (const auto& fields : cases) {
    const bool is_headline = fields[0].starts_with("= ");
    const std::string text = fields[0].substr(is_headline ? 2 : 0);
    std::multiset<std::string> expected;
    for (const std::string_view name : split(fields.at(1), '|'))
      if (!name.empty()) expected.emplace(name);
    gold += expected.size();
    const auto title_end = static_cast<std::uint32_t>(is_headline ? text.size() : 0);
    for (const Mention& mention : entity_mentions(document_of(text, "en", title_end))) {
      ++found;
      const std::string name =
          std::string(to_string(mention.type)) + ':' +
          text.substr(mention.span.begin, mention.span.end - mention.span.begin);
      const auto known = expected.find(name);
      if (known == expected.end()) {
        mistakes += "\n+ " + name;
        continue;
      }
      ++right;
      expected.erase(known);
    }
    for (const std::string& missed : expected) mistakes += "\n- " + missed;
  }
  EXPECT_GE(cases.size(), 60u);
  const double f1 = 2.0 * static_cast<double>(right) / static_cast<double>(gold + found);
  EXPECT_GE(f1, 0.80) << mistakes;
  RecordProperty("f1", std::to_string(f1));
}

}  // namespace
}  // namespace tidings::analyze

// Documents that grow when they are read, or ask for others; for JSON, what comes closest.
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

// What JSON has in the place of entities: the other column of the same row.
using Body = std::string (*)(Form);

std::function<Play(const Cell&)> sends(Body xml, Body json) {
  return [xml, json](const Cell& cell) {
    return answers(cell, feed(cell.form, (is_xml(cell.form) ? xml : json)(cell.form)));
  };
}

std::string doctype(std::string_view declarations) {
  return "<!DOCTYPE feed [" + std::string(declarations) + "]>";
}

std::string nested_entities() {
  std::string text = "<!ENTITY a0 \"laugh\">";
  for (int i = 1; i < 12; ++i) {
    text += "<!ENTITY a" + std::to_string(i) + " \"" +
            repeated("&a" + std::to_string(i - 1) + ";", 10) + "\">";
  }
  return text;
}

std::string billion_laughs(Form form) {
  return document_with(form, {.title = "&a11;"}, doctype(nested_entities()));
}

std::string laughs_in_content(Form form) {
  return document_with(form, {.content = "&a11;"}, doctype(nested_entities()));
}

std::string laughs_in_an_attribute(Form form) {
  return document_with(form, {.extra = "<enclosure url=\"&a11;\"/><link href=\"&a11;\"/>"},
                       doctype(nested_entities()));
}

std::string laughs_by_default(Form form) {
  return document_with(form, {.extra = "<enclosure/><link/>"},
                       doctype(nested_entities() + "<!ATTLIST enclosure url CDATA \"&a11;\">"
                                                   "<!ATTLIST link href CDATA \"&a11;\">"));
}

std::string laughs_ill_formed(Form form) {
  return document_with(form, {.title = "&a11; & <b>"}, doctype(nested_entities()));
}

std::string quadratic(Form form) {
  return document_with(form, {.content = repeated("&big;", 20'000)},
                       doctype("<!ENTITY big \"" + repeated("ha", 50'000) + "\">"));
}

std::string many_small(Form form) {
  return document_with(form, {.content = repeated("&small;", 1'000'000)},
                       doctype("<!ENTITY small \"" + repeated("ha", 15) + "\">"));
}

std::string parameter_entities(Form form) {
  std::string text = "<!ENTITY % p0 \"laugh\">";
  for (int i = 1; i < 12; ++i) {
    text += "<!ENTITY % p" + std::to_string(i) + " \"" +
            repeated("&#37;p" + std::to_string(i - 1) + ";", 10) + "\">";
  }
  return document_with(form, {}, doctype(text + "%p11;"));
}

std::string recursive(Form form) {
  return document_with(form, {.title = "&a;"}, doctype("<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">"));
}

std::string recursive_in_an_attribute(Form form) {
  return document_with(form, {.extra = "<link href=\"&a;\"/>"},
                       doctype("<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">"));
}

std::string entity_of_markup(Form form) {
  return document_with(form, {.title = "&open;text&close;"},
                       doctype("<!ENTITY open \"&#60;b&#62;\"><!ENTITY close \"&#60;/b&#62;\">"));
}

std::string entities_by_the_thousand(Form form) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "<!ENTITY e" + std::to_string(i) + " \"x\">";
  return document_with(form, {}, doctype(text));
}

std::string external_file(Form form) {
  return document_with(form, {.title = "a&secret;b"},
                       doctype("<!ENTITY secret SYSTEM \"file:///etc/passwd\">"));
}

std::string external_http(Form form) {
  return document_with(form, {.title = "a&secret;b"},
                       doctype("<!ENTITY secret SYSTEM \"http://forbidden.test/secret\">"));
}

std::string external_parameter(Form form) {
  return document_with(form, {},
                       doctype("<!ENTITY % all SYSTEM \"http://forbidden.test/all.dtd\"> %all;"));
}

std::string external_subset(Form form) {
  return document_with(form, {}, "<!DOCTYPE feed SYSTEM \"http://forbidden.test/feed.dtd\">");
}

std::string public_subset(Form form) {
  return document_with(form, {},
                       "<!DOCTYPE feed PUBLIC \"-//X//Y\" \"http://forbidden.test/feed.dtd\">");
}

std::string xinclude(Form form) {
  return document_with(
      form, {.extra = "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" parse=\"text\" "
                      "href=\"http://forbidden.test/included\"/>"});
}

std::string stylesheet(Form form) {
  std::string text = document(form);
  return text.insert(text.find("?>") + 2,
                     "<?xml-stylesheet href=\"http://forbidden.test/style.xsl\"?>");
}

std::string schema_location(Form form) {
  return document_with(form, {}, {},
                       " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                       "xsi:schemaLocation=\"a http://forbidden.test/schema.xsd\"");
}

// Each element gets all of them, though it names none.
std::string default_attributes(Form form) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "a" + std::to_string(i) + " CDATA \"x\" ";
  const std::string element = form == Form::Atom ? "entry" : "item";
  std::string declarations = "<!ATTLIST " + element + " " + text + ">";
  std::string all = open(form, doctype(declarations));
  return all + repeated("<" + element + "/>", 300'000) + close(form);
}

std::string json_depth(Form form) {
  return open(form) + repeated("[", 1'000'000) + repeated("]", 1'000'000) + close(form);
}

std::string json_depth_not_closed(Form form) {
  return open(form) + repeated("{\"a\":", 1'000'000);
}

std::string json_numbers(Form form) {
  return document_with(
      form, {.extra = ",\"date_published\":1e999999,\"size\":-" + repeated("9", 1'000'000)});
}

std::string json_keys(Form form) {
  return document_with(form, {.extra = repeated(",\"title\":\"Again\"", 300'000)});
}

std::string json_escapes(Form form) {
  return document_with(form, {.title = repeated("\\u0041", 300'000)});
}

std::string json_surrogates(Form form) {
  return document_with(form, {.title = repeated("\\ud800", 100'000) + "\\u0000"});
}

std::string json_addresses(Form form) {
  return document_with(form, {.extra = ",\"url\":\"file:///etc/passwd\","
                                       "\"external_url\":\"http://forbidden.test/\","
                                       "\"image\":\"http://forbidden.test/image\","
                                       "\"attachments\":[{\"url\":\"http://forbidden.test/sound\","
                                       "\"mime_type\":\"audio/mpeg\"}]"});
}

std::string json_schema(Form form) {
  std::string text = document(form);
  return text.insert(1,
                     "\"$schema\":\"http://forbidden.test/schema\","
                     "\"next_url\":\"http://forbidden.test/next\",");
}

}  // namespace

Behaviors xml_bombs() {
  const Expected bomb = fails({"entity_bomb"});
  const Expected one = is_read(1, 1);
  const Expected maybe = is_read(0, 1, {"not_a_feed", "too_deep", "entity_bomb"});
  const Bounds bounds{.bytes_sent = kBodyBytesSent, .megabytes = 8};
  return {
      {"laughs", sends(billion_laughs, json_depth), bomb, maybe, bounds},
      {"laughs-in-content", sends(laughs_in_content, json_depth_not_closed), bomb,
       fails({"not_a_feed", "too_deep"}), bounds},
      {"laughs-in-an-attribute", sends(laughs_in_an_attribute, json_numbers), bomb, maybe, bounds},
      {"laughs-by-default", sends(laughs_by_default, json_keys), bomb, one, bounds},
      {"laughs-ill-formed", sends(laughs_ill_formed, json_escapes), maybe, one, bounds},
      {"laughs-quadratic", sends(quadratic, json_keys), bomb, one, bounds},
      {"laughs-small-and-many", sends(many_small, json_escapes), maybe, one, bounds},
      {"laughs-by-parameters", sends(parameter_entities, json_surrogates),
       is_read(0, 1, {"not_a_feed", "entity_bomb"}), maybe, bounds},
      {"entities-recursive", sends(recursive, json_surrogates), maybe, maybe, bounds},
      {"entities-recursive-in-an-attribute", sends(recursive_in_an_attribute, json_numbers), maybe,
       maybe, bounds},
      {"entities-of-markup", sends(entity_of_markup, json_surrogates), one, maybe, bounds},
      {"entities-by-the-thousand", sends(entities_by_the_thousand, json_keys), maybe, one, bounds},
      {"external-file", sends(external_file, json_addresses), one, one, bounds},
      {"external-http", sends(external_http, json_addresses), one, one, bounds},
      {"external-parameter", sends(external_parameter, json_schema), one, is_read(), bounds},
      {"external-subset", sends(external_subset, json_schema), one, is_read(), bounds},
      {"external-public-subset", sends(public_subset, json_schema), one, is_read(), bounds},
      {"external-include", sends(xinclude, json_addresses), one, one, bounds},
      {"external-stylesheet", sends(stylesheet, json_schema), is_read(), is_read(), bounds},
      {"external-schema", sends(schema_location, json_schema), one, is_read(), bounds},
      {"default-attributes", sends(default_attributes, json_keys), bomb, one, bounds},
  };
}

}  // namespace tidings::hostile

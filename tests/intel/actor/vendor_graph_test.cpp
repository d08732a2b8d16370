// The drawing of a vendor's ties: nothing overlaps, nothing is cut, nothing of the text can act.
#include "intel/actor/vendor_graph.h"

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <algorithm>

#include "base/embedded.h"
#include "intel/actor/graph_layout.h"
#include "intel/actor/graph_svg.h"
#include "intel/actor/graph_text.h"
#include "intel/actor/vendor_entities.h"

namespace testudo {
namespace {

const VendorCatalogue& shipped() {
  static const VendorCatalogue catalogue = VendorCatalogue::load().value();
  return catalogue;
}

const Catalogue& words() {
  static const Catalogue catalogue = Catalogue::load("en").value();
  return catalogue;
}

ThreatIndicators some_indicators(const VendorFile& vendor) {
  ThreatIndicators held;
  for (const std::string_view threat : shipped().threats(vendor))
    for (int feed = 0; feed < 7; ++feed)
      held.groups.push_back({std::string(threat),
                             "feeds/2021-12-16_a_long_name_of_a_feed_" + std::to_string(feed) + ".stix2", 100U,
                             Time{1700000000000000}});
  return held;
}

bool overlap(const PlacedNode& a, const PlacedNode& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool holds(const PlacedNode& outer, const PlacedNode& inner) {
  return outer.x <= inner.x && outer.y <= inner.y && inner.x + inner.width <= outer.x + outer.width &&
         inner.y + inner.height <= outer.y + outer.height;
}

void expect_sound(const VendorGraph& graph, const std::string& id) {
  const GraphLayout layout = lay_out(graph);
  ASSERT_EQ(layout.nodes.size(), graph.nodes.size());
  ASSERT_EQ(layout.edges.size(), graph.edges.size());
  EXPECT_LE(layout.width, 1200) << id;
  for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
    const PlacedNode& a = layout.nodes[i];
    EXPECT_TRUE(a.x >= 0 && a.y >= 0 && a.x + a.width <= layout.width && a.y + a.height <= layout.height) << id;
    for (std::size_t j = i + 1; j < layout.nodes.size(); ++j) {
      if (i == 0 && graph.nodes[j].kind == GraphNodeKind::entity)
        EXPECT_TRUE(holds(a, layout.nodes[j])) << id << ' ' << graph.nodes[j].title;
      else
        EXPECT_FALSE(overlap(a, layout.nodes[j])) << id << ' ' << graph.nodes[i].title << " / " << graph.nodes[j].title;
    }
    for (const PlacedText& line : a.lines) {
      const GraphFont font{line.style == PlacedText::Style::name ? 17.0 : 13.0,
                           line.style != PlacedText::Style::detail};
      EXPECT_LE(line.x + text_width(line.text, line.style == PlacedText::Style::detail ? GraphFont{11.5} : font),
                a.x + a.width)
          << id << ' ' << line.text;
      EXPECT_LE(line.y, a.y + a.height) << id;
    }
  }
  for (const PlacedEdge& edge : layout.edges)
    for (const PlacedText& line : edge.lines) {
      const double width = text_width(line.text, {11});
      const double left = line.anchor == PlacedText::Anchor::end ? line.x - width : line.x;
      for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
        const PlacedNode& node = layout.nodes[i];
        EXPECT_FALSE(left < node.x + node.width && node.x < left + width && line.y > node.y &&
                     line.y - 9 < node.y + node.height)
            << id << ": the label " << line.text << " lies over " << graph.nodes[i].title;
      }
    }
}

TEST(VendorGraph, NothingOverlapsInAnyShippedFile) {
  for (const VendorFile& vendor : shipped().vendors()) {
    const ThreatIndicators held = some_indicators(vendor);
    expect_sound(vendor_graph(shipped(), vendor, nullptr, words()), vendor.id);
    expect_sound(vendor_graph(shipped(), vendor, &held, words()), vendor.id + " with indicators");
  }
}

TEST(VendorGraph, SvgIsXmlWithNamesAndWithoutScripts) {
  for (const VendorFile& vendor : shipped().vendors()) {
    const ThreatIndicators held = some_indicators(vendor);
    const std::string svg = graph_svg(vendor_graph(shipped(), vendor, &held, words()), {"a", "b", "c", "d"});
    pugi::xml_document document;
    ASSERT_TRUE(document.load_buffer(svg.data(), svg.size())) << vendor.id;
    EXPECT_NE(std::string_view(document.document_element().child("title").text().get()).find(vendor.name()),
              std::string_view::npos);
    EXPECT_EQ(document.document_element().child("desc").text().get(), vendor.summary());
    EXPECT_EQ(svg.find("<script"), std::string::npos);
    EXPECT_LT(svg.size(), 200000U) << vendor.id;
  }
}

TEST(VendorGraph, HostileTextStaysText) {
  const std::string text =
      "id: x\nsource: a; https://n.test/s; title=<b>\"T\"&amp\\;; publisher=P; read=2026-11-21; grade=C3\n"
      "name: <script>alert(1)</script> [a]\nsummary: </desc><script/> [a]\n"
      "entity: " +
      std::string(3000, 'W') +
      " [a]\nproduct: ]]>&\"' \xE2\x80\xAE"
      "evil [a]\n"
      "relation: " +
      std::string(900, '-') + "; kind=owns [a]\n";
  std::string escaped = text;
  for (std::size_t at = escaped.find("]]>"); at != std::string::npos; at = std::string::npos)
    escaped.replace(at, 3, "\\]\\]>");
  const std::vector<EmbeddedFile> files{{"x.txt", escaped}};
  const auto catalogue = VendorCatalogue::load_from(files);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().what;
  const VendorGraph graph = vendor_graph(*catalogue, catalogue->vendors().front(), nullptr, words());
  expect_sound(graph, "hostile");
  const std::string svg = graph_svg(graph, {"", "", "", ""});
  pugi::xml_document document;
  ASSERT_TRUE(document.load_buffer(svg.data(), svg.size()));
  EXPECT_EQ(svg.find("<script"), std::string::npos);
}

// A program that is no browser knows no custom properties, and takes the last rule that it understands.
TEST(VendorGraph, ColoursAreWrittenOutAndDarkOnesStandInTheirMediaRule) {
  const std::string svg =
      graph_svg(vendor_graph(shipped(), shipped().vendors().front(), nullptr, words()), {"", "", "", ""});
  EXPECT_EQ(svg.find("var("), std::string::npos);
  const std::size_t media = svg.find("@media (prefers-color-scheme:dark){"), end = svg.find("</style>");
  ASSERT_LT(media, end);
  EXPECT_LT(svg.find(".page{fill:#ffffff}"), media);
  EXPECT_GT(svg.find(".page{fill:#12161b}"), media);
  EXPECT_EQ(svg.substr(end - 2, 2), "}\n");
}

TEST(GraphText, WrapsWithoutLosingALetter) {
  for (const std::string_view text : {"one two three", "mvt-indicators/intellexa_predator/predator.stix2",
                                      "安洵信息技术有限公司", "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "", "  "}) {
    std::string joined, plain;
    for (const std::string& line : wrap_text(text, {13, true}, 60)) {
      EXPECT_LE(text_width(line, {13, true}), 60) << line;
      joined += line;
    }
    for (const char c : joined) plain += c == ' ' ? "" : std::string(1, c);
    std::string wanted;
    for (const char c : text) wanted += c == ' ' ? "" : std::string(1, c);
    EXPECT_EQ(plain, wanted);
  }
  EXPECT_EQ(wrap_text("since 2025-10", {11}, 60), (std::vector<std::string>{"since", "2025-10"}));
}

TEST(VendorEntities, NamePeopleAndCompanies) {
  const auto all = vendor_entities(shipped());
  const auto named = [&](std::string_view name) {
    return std::ranges::find_if(all, [&](const ScreenEntity& e) { return e.names.front().text == name; });
  };
  const auto person = named("Tal Jonathan Dilian");
  ASSERT_NE(person, all.end());
  EXPECT_EQ(person->schema, "Person");
  EXPECT_EQ(person->list, "vendors");
  EXPECT_EQ(person->programme, "SDN List");
  EXPECT_EQ(person->listed_on, "2024-03-05");
  const auto company = named("Intellexa");
  ASSERT_NE(company, all.end());
  EXPECT_EQ(company->schema, "Organization");
  EXPECT_NE(std::ranges::find(company->countries, "gr"), company->countries.end());
  EXPECT_GE(all.size(), shipped().counts().files);
  for (const ScreenEntity& entity : all) EXPECT_FALSE(entity.names.front().text.empty()) << entity.id;
}

}  // namespace
}  // namespace testudo

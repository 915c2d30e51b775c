// Applying definition files: all or nothing, with a reason, and never by absence.
#include "usecases/slo/apply.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "unit/usecases_slo/fixture.hpp"
#include "usecases/slo/browse.hpp"
#include "usecases/slo/catalogue.hpp"

using namespace nines;
using namespace nines::usecases;
using test::DefinitionFolder;

namespace {

struct Shop : DefinitionFolder {
  Shop() {
    write("slos/base.yaml", test::kServiceText + "---\n" + test::kSourceText);
    write("slos/checkout.yaml", test::slo_text("checkout", "0.99"));
  }
};

const PlannedDefinition& planned(const ApplyResult& result, const std::string& name) {
  for (const auto& one : result.plan)
    if (one.name == name) return one;
  FAIL("not planned: " << name);
  return result.plan.front();
}

template <class F>
Error error_of(F&& f) {
  try {
    f();
  } catch (const Error& e) {
    return e;
  }
  FAIL("no error");
  return Error(ExitCode::bug, "");
}

}  // namespace

TEST_CASE("a folder is applied as a whole, and again changes nothing") {
  Shop folder;
  const auto first = folder.apply("first targets");
  CHECK(first.applied);
  CHECK(first.plan.size() == 3);
  CHECK(planned(first, "checkout").action == ApplyAction::created);
  const auto again = folder.apply("first targets");
  CHECK_FALSE(again.applied);
  CHECK_FALSE(any_changed(again.plan));
  const auto session = folder.session();
  const auto shown = show_definition(session, "checkout");
  CHECK(shown.record.owner == "payments");
  CHECK(shown.record.approver == "grace");
  CHECK(shown.record.because == "first targets");
  CHECK(show_definition(session, "web-access").used_by == std::vector<std::string>{"SLO checkout"});
}

TEST_CASE("numbers need a reason, words do not") {
  Shop folder;
  CHECK(folder.apply({}).reason_missing);
  CHECK(load_catalogue(folder.session()).slos.empty());
  CHECK(folder.apply("first").applied);
  folder.write("slos/checkout.yaml", test::slo_text("checkout", "0.995"));
  const auto refused = folder.apply({});
  CHECK(refused.reason_missing);
  CHECK_FALSE(refused.applied);
  CHECK(planned(refused, "checkout").changes ==
        std::vector<nines::slo::FieldChange>{{"spec.objectives[Most].target", "0.99", "0.995"}});
  CHECK_FALSE(folder.apply("", false, false).applied);
  CHECK(folder.apply("tighter").applied);
  folder.write("slos/checkout.yaml",
               test::slo_text("checkout", "0.995", "nines.dev/owner: platform"));
  const auto words = folder.apply({});
  CHECK(words.applied);
  CHECK_FALSE(words.reason_missing);
}

TEST_CASE("a spelling of the same value is no change") {
  Shop folder;
  folder.apply("first");
  folder.write("slos/checkout.yaml",
               "# a comment\n" + test::slo_text("checkout", "0.99   # agreed"));
  CHECK_FALSE(any_changed(folder.apply({}).plan));
}

TEST_CASE("one broken document keeps the whole set out") {
  Shop folder;
  folder.write("slos/broken.yaml", test::slo_text("pay", "1.7"));
  const auto result = folder.apply("first");
  CHECK(has_errors(result.findings));
  CHECK_FALSE(result.applied);
  CHECK(load_catalogue(folder.session()).slos.empty());
}

TEST_CASE("references must lead somewhere, in the files or in the store") {
  DefinitionFolder folder;
  folder.write("slos/checkout.yaml", test::slo_text("checkout", "0.99"));
  const auto dangling = folder.apply("first");
  REQUIRE(has_errors(dangling.findings));
  CHECK(dangling.findings[0].code == "REF_UNRESOLVED");
  folder.write("slos/source.yaml", test::kSourceText);
  CHECK(folder.apply("first").applied);
  folder.remove("slos/source.yaml");
  folder.write("slos/checkout.yaml", test::slo_text("checkout", "0.98"));
  CHECK(folder.apply("looser").applied);
}

TEST_CASE("the same name twice is refused with both places") {
  Shop folder;
  folder.write("slos/copy.yaml", test::slo_text("checkout", "0.9"));
  const auto result = folder.apply("first");
  REQUIRE(has_errors(result.findings));
  CHECK(result.findings[0].code == "DUPLICATE_NAME");
  CHECK(result.findings[0].file == "slos/copy.yaml");
  CHECK_THAT(result.findings[0].hint, Catch::Contains("slos/checkout.yaml:4"));
}

TEST_CASE("absence changes nothing; prune retires with a reason, and a retired one comes back") {
  Shop folder;
  folder.apply("first");
  folder.remove("slos/checkout.yaml");
  CHECK_FALSE(any_changed(folder.apply({}).plan));
  CHECK(folder.apply({}, true).reason_missing);
  const auto dry = folder.apply("no longer offered", true, true);
  CHECK(planned(dry, "checkout").action == ApplyAction::retired);
  CHECK_FALSE(dry.applied);
  CHECK(folder.apply("no longer offered", true).applied);
  CHECK(load_catalogue(folder.session()).slos.empty());
  CHECK(
      list_definitions(folder.session(), {.kind = "", .service = "", .owner = "", .retired = true})
          .size() == 1);
  CHECK(definition_history(folder.session(), "checkout").revisions.size() == 2);
  folder.write("slos/checkout.yaml", test::slo_text("checkout", "0.99"));
  const auto back = folder.apply("offered again");
  CHECK(planned(back, "checkout").action == ApplyAction::restored);
  CHECK(load_catalogue(folder.session()).slos.size() == 1);
}

TEST_CASE("prune refuses what would leave a reference dangling, and files") {
  Shop folder;
  folder.apply("first");
  folder.write("slos/base.yaml", test::kServiceText);
  const auto result = folder.apply("smaller", true);
  REQUIRE(has_errors(result.findings));
  CHECK(result.findings[0].code == "REF_UNRESOLVED");
  auto session = folder.session("x");
  CHECK(error_of([&] {
          apply_definitions(session, {.paths = {"slos/base.yaml"},
                                      .cwd = folder.root(),
                                      .input = {},
                                      .approver = {},
                                      .prune = true});
        }).code() == "PRUNE_NEEDS_FOLDER");
}

TEST_CASE("a rename keeps the history") {
  Shop folder;
  folder.apply("first");
  folder.write("slos/checkout.yaml", test::slo_text("checkout", "0.995"));
  folder.apply("second");
  folder.write("slos/checkout.yaml",
               test::slo_text("orders", "0.995", "nines.dev/renamed-from: checkout"));
  const auto result = folder.apply("third");
  CHECK(result.applied);
  CHECK(planned(result, "orders").action == ApplyAction::renamed);
  CHECK(planned(result, "orders").renamed_from == "checkout");
  const auto catalogue = load_catalogue(folder.session());
  REQUIRE(catalogue.slos.size() == 1);
  CHECK(catalogue.slos[0].name == "orders");
  const auto history = definition_history(folder.session(), "orders");
  REQUIRE(history.revisions.size() == 3);
  for (const auto& origin : history.fields)
    if (origin.field.path == "spec.objectives[Most].target")
      CHECK(history.revisions[origin.entry].record.because == "second");
  CHECK_FALSE(any_changed(folder.apply({}).plan));
}

TEST_CASE("what was known then is read as it was then") {
  Shop folder;
  folder.apply("first");
  const auto then = test::test_clock();
  folder.write("slos/checkout.yaml", test::slo_text("checkout", "0.5"));
  folder.apply("second");
  const auto past = folder.session({}, then);
  CHECK(load_catalogue(past).slos.at(0).objectives.at(0).target.to_string() == "0.99");
  CHECK(definition_history(past, "checkout").revisions.size() == 1);
  CHECK(load_catalogue(folder.session()).slos.at(0).objectives.at(0).target.to_string() == "0.5");
}

TEST_CASE("names that are not there are answered with what is close") {
  Shop folder;
  folder.apply("first");
  auto session = folder.session("x");
  CHECK(error_of([&] { show_definition(session, "chekout"); }).hint() ==
        "did you mean 'checkout'?");
  CHECK(error_of([&] { show_definition(session, "Service/checkout"); }).kind() ==
        ExitCode::not_found);
  CHECK(error_of([&] {
          list_definitions(session,
                           {.kind = "Servise", .service = "", .owner = "", .retired = false});
        }).code() == "UNKNOWN_KIND");
  CHECK(error_of([&] {
          apply_definitions(
              session, {.paths = {"nowhere"}, .cwd = folder.root(), .input = {}, .approver = {}});
        }).kind() == ExitCode::not_found);
  folder.write("empty/readme.txt", "nothing");
  CHECK(error_of([&] {
          apply_definitions(
              session, {.paths = {"empty"}, .cwd = folder.root(), .input = {}, .approver = {}});
        }).code() == "NOTHING_TO_APPLY");
}

TEST_CASE("definitions come from standard input too") {
  DefinitionFolder folder;
  auto session = folder.session("piped");
  const auto result = apply_definitions(
      session, {.paths = {"-"}, .cwd = folder.root(), .input = test::kServiceText, .approver = {}});
  CHECK(result.applied);
  CHECK(show_definition(session, "shop").record.path == "<stdin>");
}

TEST_CASE("every indicator of the catalogue is filled in from its reference") {
  DefinitionFolder folder;
  auto text = test::slo_text("checkout", "0.99");
  const auto begin = text.find("  indicator:");
  text.replace(begin, text.find("  budgetingMethod") - begin, "  indicatorRef: requests\n");
  folder.write("slos/a.yaml", text);
  folder.write("slos/b.yaml", test::kSourceText +
                                  "---\napiVersion: openslo/v1\nkind: SLI\nmetadata:\n  name: "
                                  "requests\nspec:\n  ratioMetric:\n    counter: true\n"
                                  "    good:\n      metricSource:\n        metricSourceRef: "
                                  "web-access\n        type: file\n        spec:\n"
                                  "          where: \"status < 400\"\n    total:\n      "
                                  "metricSource:\n        metricSourceRef: web-access\n"
                                  "        type: file\n        spec:\n          where: \"true\"\n");
  const auto result = folder.apply("first");
  for (const auto& finding : result.findings) UNSCOPED_INFO(finding.code << " " << finding.message);
  REQUIRE(result.applied);
  const auto catalogue = load_catalogue(folder.session());
  REQUIRE(catalogue.slos.at(0).indicator);
  CHECK(catalogue.slos[0].indicator->first.where() == "status < 400");
  CHECK(catalogue.source_of(catalogue.slos[0].indicator->first)->type == "file");
  CHECK(catalogue.provenance.at("checkout").because == "first");
  CHECK(catalogue.warnings.empty());
}

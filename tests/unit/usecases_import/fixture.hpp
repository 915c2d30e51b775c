// A store with definitions, and files to import into it.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "domain/slo/counting.hpp"
#include "store/definitions.hpp"
#include "store/series.hpp"
#include "unit/store/fixture.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/import.hpp"

namespace nines::test {

inline Json json_of(const std::string& text) { return Json::parse(text); }

inline std::string source_of(const std::string& name, const std::string& details) {
  return R"({"apiVersion":"openslo/v1","kind":"DataSource","metadata":{"name":")" + name +
         R"("},"spec":{"type":"file","connectionDetails":)" + details + "}}";
}

inline std::string slo_of(const std::string& name, const std::string& service,
                          const std::string& source, const std::string& good) {
  return R"({"apiVersion":"openslo/v1","kind":"SLO","metadata":{"name":")" + name +
         R"("},"spec":{"service":")" + service + R"(","indicator":{"metadata":{"name":")" + name +
         R"("},"spec":{"ratioMetric":{"counter":true,"good":{"metricSource":{"metricSourceRef":")" +
         source + R"(","type":"file","spec":)" + good +
         R"(}},"total":{"metricSource":{"metricSourceRef":")" + source +
         R"(","type":"file","spec":{"where":"true"}}}}}},"timeWindow":[{"duration":"30d","isRolling":true}],"budgetingMethod":"Occurrences","objectives":[{"displayName":"main","target":"0.99"}]}})";
}

/// A store of one person with a source to import from.
class ImportWorld {
 public:
  explicit ImportWorld(std::string actor = "ada")
      : actor_(std::move(actor)), session_(usecases::Session::open(options())) {}

  void apply(const std::string& kind, const std::string& name, const std::string& document) {
    store::Transaction tx(session_.store(), "ada", "slo apply", "test");
    store::NewDefinition d{.kind = kind,
                           .name = name,
                           .api_version = "openslo/v1",
                           .path = "x.yaml",
                           .document = json_of(document)};
    tx.append(store::definition_applied(d));
    tx.commit();
  }
  std::filesystem::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  usecases::ImportResult import(const std::filesystem::path& file, const std::string& source,
                                usecases::Overlap overlap = usecases::Overlap::refuse,
                                const std::string& origin = "") {
    usecases::ImportOptions o;
    o.source = source;
    o.files = {file.string()};
    o.overlap = overlap;
    o.origin = origin;
    return usecases::import_files(session_, o);
  }
  series::Counts sum(const std::string& slo) {
    const auto id = series_of(slo);
    const auto reader = store::open_series(session_.store());
    const auto extent = reader->extent(id);
    return extent ? reader->sum(id, extent->begin, extent->end) : series::Counts{};
  }
  series::SeriesId series_of(const std::string& slo) {
    const auto catalogue = usecases::load_catalogue(session_);
    const auto* found = catalogue.find_slo(slo);
    REQUIRE(found != nullptr);
    REQUIRE(found->indicator);
    const auto counting = slo::counting_of(
        *found, found->objectives.at(0), *catalogue.source_of(slo::read_metric(*found->indicator)));
    INFO(counting.problem);
    REQUIRE(counting.counting);
    return series::id_of(counting.counting->key);
  }
  usecases::Session& session() { return session_; }
  store::Store& store() { return session_.store(); }
  std::filesystem::path path(const std::string& name) { return folder_ / name; }

 private:
  usecases::SessionOptions options() {
    usecases::SessionOptions o;
    o.db = folder_ / "nines.db";
    o.write = o.create = true;
    o.clock = test_clock;
    o.actor = actor_;
    o.command = "slo import";
    return o;
  }
  TempFolder folder_;
  std::string actor_;
  usecases::Session session_;
};

inline constexpr const char* kCsvSource =
    R"({"format":"csv","time":{"column":"t","unit":"s"},"service":{"column":"service"}})";

inline std::string csv(int from, int to) {
  std::string text = from == 0 ? "t,service,status\n" : "";
  for (int i = from; i < to; ++i) {
    text += std::to_string(1'700'000'000 + i * 7) + (i % 3 == 0 ? ",shop," : ",cart,") +
            (i % 10 == 0 ? "503" : "200") + "\n";
  }
  return text;
}

}  // namespace nines::test

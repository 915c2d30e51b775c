// What a configuration keeps: values by path, without what a cluster writes and without secrets.
#include "ingest/config_tree.hpp"

#include <catch2/catch.hpp>

using namespace nines;

namespace {

catalog::ConfigTree tree_of(const char* json) {
  catalog::ConfigTree tree;
  ingest::add_config_document(Json::parse(json, "c"), "", tree);
  return tree;
}

}  // namespace

TEST_CASE("of a file in a value only the secret goes", "[config_tree]") {
  const auto tree = tree_of(R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c",
    "annotations":{"deployment.kubernetes.io/revision":"7","team":"shop"}},
    "data":{"app.yaml":"pool:\n  max: 50\n  password: topsecret9\n",
            "db_password":"first\nsecond","plain":"token=abcdefgh1234"}})");
  CHECK(tree.at("ConfigMap/c/data/app.yaml").text ==
        "pool:\n  max: 50\n  password: [redacted: secret value]\n");
  CHECK(tree.at("ConfigMap/c/data/db_password").text == "[redacted: secret value]");
  CHECK(tree.at("ConfigMap/c/data/plain").text == "[redacted: secret value]");
  CHECK(tree.contains("ConfigMap/c/metadata/annotations/team"));
  CHECK_FALSE(tree.contains("ConfigMap/c/metadata/annotations/deployment.kubernetes.io/revision"));
}

TEST_CASE("what Terraform marks sensitive goes, in modules too", "[config_tree]") {
  const auto tree = tree_of(R"({"terraform_version":"1.6.2","values":{"root_module":{
    "resources":[{"address":"db.main","values":{"class":"large","word":"hidden"},
                  "sensitive_values":{"word":true}}],
    "child_modules":[{"resources":[{"address":"module.a.sg","values":{"port":443},
                                    "sensitive_values":{}}]}]}}})");
  CHECK(tree.at("db.main/class").text == "large");
  CHECK(tree.at("db.main/word").text == "[redacted: marked secret]");
  CHECK(tree.at("module.a.sg/port").text == "443");
}

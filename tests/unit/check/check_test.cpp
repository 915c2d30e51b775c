// The check of a set of files: references, fixes, comments that allow, git, and hostile files.
#include "usecases/slo/check.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.hpp"
#include "domain/slo/codes.hpp"
#include "render/findings.hpp"
#include "usecases/slo/draft.hpp"

namespace {

namespace fs = std::filesystem;
using namespace nines::usecases;

/// A folder that is gone after the test.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "nines-check-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  std::string read(const std::string& name) const {
    std::ifstream in(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  CheckRequest request(std::vector<std::string> paths = {"."}) const {
    CheckRequest request;
    request.paths = std::move(paths);
    request.cwd = path_;
    request.now = *nines::parse_rfc3339("2026-11-23T09:00:00Z");
    return request;
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// "file:line:col CODE" of each finding that is no mere information, one per line.
std::string listed(const CheckResult& result) {
  std::string text;
  for (const auto& f : result.findings) {
    if (f.severity == nines::Severity::info) continue;
    text += to_string(nines::Place{f.file, f.span.line, f.span.column}) + " " + f.code + "\n";
  }
  return text;
}

std::string slo_text(const std::string& name, const std::string& service,
                     const std::string& target = "99.9") {
  DraftRequest draft;
  draft.name = name;
  draft.service = service;
  draft.target_percent = *nines::Decimal::parse(target);
  return draft_slo(draft);
}

const std::string kSource =
    "apiVersion: openslo/v1\nkind: DataSource\nmetadata:\n  name: web-access\nspec:\n  type: "
    "file\n  connectionDetails:\n    format: combined\n";

/// `shared/data` beside the checkout, or named by NINES_SHARED.
fs::path shared_data() {
  if (const char* named = std::getenv("NINES_SHARED")) return fs::path(named) / "data";
  for (auto at = fs::current_path(); at != at.root_path(); at = at.parent_path()) {
    if (fs::exists(at / "shared" / "data" / "openslo")) return at / "shared" / "data";
  }
  return {};
}

}  // namespace

TEST_CASE("references are looked up over all files", "[check]") {
  const Folder folder;
  folder.write("a/slo.yaml", slo_text("checkout-good", "checkout"));
  CHECK(listed(check(folder.request({"a/slo.yaml"}))).find("REF_UNRESOLVED") != std::string::npos);
  CHECK_FALSE(nines::has_errors(check(folder.request({"a/slo.yaml"})).findings));
  CHECK(nines::has_errors(check(folder.request()).findings));
  folder.write("b/source.yml", kSource);
  CHECK(listed(check(folder.request())).empty());
  folder.write("b/again.yaml", kSource);
  CHECK(listed(check(folder.request())) == "b/source.yml:4:9 DUPLICATE_NAME\n");
  fs::remove(folder.path() / "b/again.yaml");
  folder.write("b/unused.yaml",
               "apiVersion: openslo/v1\nkind: AlertNotificationTarget\nmetadata: {name: "
               "nobody}\nspec: {target: mail}\n");
  CHECK(listed(check(folder.request())) == "b/unused.yaml:3:18 REF_UNUSED\n");
}

TEST_CASE("what is misspelt is suggested, what is another kind is said", "[check]") {
  const Folder folder;
  std::string text = slo_text("checkout-good", "checkout");
  text.replace(text.find("web-access"), 10, "web-acess");
  folder.write("slo.yaml", text);
  folder.write("source.yaml", kSource);
  auto result = check(folder.request());
  REQUIRE(listed(result).find("REF_UNRESOLVED") != std::string::npos);
  CHECK(result.findings[0].hint == "did you mean 'web-access'?");
  text.replace(text.find("web-acess"), 9, "checkout-good");
  folder.write("slo.yaml", text);
  CHECK(listed(check(folder.request())).find("REF_WRONG_KIND") != std::string::npos);
}

TEST_CASE("targets and dependencies must agree", "[check]") {
  const Folder folder;
  const auto service = [](const std::string& name, const std::string& needs) {
    return "apiVersion: nines/v1\nkind: Service\nmetadata: {name: " + name +
           "}\nspec:\n  dependencies: [{service: " + needs + ", kind: hard}]\n";
  };
  folder.write("source.yaml", kSource);
  folder.write(
      "cart.yaml",
      "apiVersion: nines/v1\nkind: Service\nmetadata: {name: cart}\nspec: {tier: 2}\n---\n" +
          slo_text("cart-good", "cart", "99"));
  folder.write("checkout.yaml", service("checkout", "cart") + "---\n" +
                                    slo_text("checkout-good", "checkout", "99.9"));
  CHECK(listed(check(folder.request())).find("checkout.yaml:46:22 TARGET_ABOVE_DEPENDENCY") !=
        std::string::npos);
  folder.write("cart.yaml",
               service("cart", "checkout") + "---\n" + slo_text("cart-good", "cart", "99.9"));
  CHECK(listed(check(folder.request())) == "cart.yaml:3:18 REF_CYCLE\n");
}

TEST_CASE("a fix keeps comments, and a second run has nothing left to do", "[check]") {
  const Folder folder;
  const std::string good = slo_text("checkout-good", "checkout");
  std::string text = good;
  text.replace(text.find("      isRolling: true\n"), 22, "");
  text.replace(text.find("counter: true"), 13, "counter: yes  # really");
  folder.write("slo.yaml", text);
  folder.write("source.yaml", kSource);
  const auto request = folder.request();
  auto result = check(request);
  auto shown = fix(request, result.findings, false);
  REQUIRE(shown.size() == 1);
  CHECK(shown[0].diff.find("-        counter: yes  # really\n+        counter: true  # really\n") !=
        std::string::npos);
  CHECK(folder.read("slo.yaml") == text);
  CHECK(fix(request, result.findings, true)[0].fixes == 2);
  CHECK(listed(check(request)).empty());
  CHECK(folder.read("slo.yaml").find("counter: true  # really") != std::string::npos);
  CHECK(folder.read("slo.yaml").find("    - duration: 30d\n      isRolling: true\n") !=
        std::string::npos);
  CHECK(fix(request, check(request).findings, true).empty());
  CHECK_THROWS_AS(fix(request, result.findings, true), nines::Error);
}

TEST_CASE("a comment with a reason lets a finding pass until its day", "[check]") {
  const Folder folder;
  folder.write("source.yaml", kSource);
  const auto with = [&](const std::string& comment) {
    std::string text = slo_text("checkout-good", "checkout");
    text.replace(text.find("      isRolling: true\n"), 22, "");
    text.insert(text.find("    - duration"), comment + "\n");
    folder.write("slo.yaml", text);
    return listed(check(folder.request()));
  };
  CHECK(with("    # an ordinary comment").find("ROLLING_MISSING") != std::string::npos);
  CHECK(with("    # nines: allow ROLLING_MISSING because the exporter adds it").empty());
  CHECK(with("    # nines: allow ROLLING_MISSING until 2026-12-31 because the exporter adds it")
            .empty());
  const std::string expired =
      with("    # nines: allow ROLLING_MISSING until 2026-11-22 because the exporter adds it");
  CHECK(expired.find("ROLLING_MISSING") != std::string::npos);
  CHECK(expired.find("SUPPRESSION_EXPIRED") != std::string::npos);
  CHECK(with("    # nines: allow ROLLING_MISSING").find("SUPPRESSION_NO_REASON") !=
        std::string::npos);
  CHECK(with("    # nines: allow NO_SUCH_CODE because x").find("SUPPRESSION_NO_REASON") !=
        std::string::npos);
}

TEST_CASE("only what changed since a revision is reported", "[check]") {
  const Folder folder;
  const auto git = [&](const std::string& command) {
    const std::string whole = "cd '" + folder.path().string() +
                              "' && git -c user.name=t -c user.email=t@example.org " + command +
                              " >/dev/null 2>&1";
    return std::system(whole.c_str());
  };
  folder.write("old.yaml", "apiVersion: openslo/v1\nkind: Nope\n");
  folder.write("touched.yaml", "apiVersion: openslo/v1\nkind: Nope\n");
  if (git("init -q") != 0) {
    WARN("git is not here: not tested");
    return;
  }
  REQUIRE(git("add -A") == 0);
  REQUIRE(git("commit -qm one") == 0);
  folder.write("touched.yaml", "apiVersion: openslo/v1\nkind: Nopes\n");
  folder.write("new ü.yaml", "apiVersion: openslo/v1\nkind: Nope\n");
  auto request = folder.request();
  request.changed_since = "HEAD";
  CHECK(listed(check(request)) == "new ü.yaml:2:7 UNKNOWN_KIND\ntouched.yaml:2:7 UNKNOWN_KIND\n");
  request.changed_since = "--output=x";
  CHECK_THROWS_AS(check(request), nines::Error);
  CHECK_FALSE(fs::exists(folder.path() / "x"));
}

TEST_CASE("huge, missing and strange files end soon", "[check]") {
  const Folder folder;
  folder.write("huge.yaml", "a");
  fs::resize_file(folder.path() / "huge.yaml", std::uintmax_t{1} << 30);
  folder.write(".hidden/x.yaml", ",");
  folder.write("other.json", "{\"no\": \"definition\"}");
  folder.write("link-target.txt", "x");
  fs::create_symlink("link-target.txt", folder.path() / "link.yaml");
  const auto begin = std::chrono::steady_clock::now();
  CHECK(listed(check(folder.request())) == "huge.yaml:1:1 TOO_LARGE\n");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
  CHECK_THROWS_AS(check(folder.request({"nowhere"})), nines::Error);
}

TEST_CASE("the official examples give the known findings", "[check]") {
  const fs::path data = shared_data();
  if (data.empty()) {
    WARN("shared/data is not beside the checkout: the official examples are NOT tested");
    return;
  }
  CheckRequest request;
  request.cwd = data;
  request.now = *nines::parse_rfc3339("2026-11-23T09:00:00Z");
  request.paths = {"openslo"};
  const auto closed = listed(check(request));
  CHECK(std::count(closed.begin(), closed.end(), '\n') == 10);
  CHECK(closed.find("openslo/services.yaml:24:11 DUPLICATE_NAME") != std::string::npos);
  request.profile = nines::slo::Profile::go_sdk;
  request.closed = false;
  CHECK_FALSE(nines::has_errors(check(request).findings));
  request.profile = nines::slo::Profile::sloth;
  CHECK(nines::render::count(check(request).findings).errors == 11);
  request.paths = {"rules/sloth/getting-started.in.yml", "rules/sloth/home-wifi.in.yml"};
  CHECK_FALSE(nines::has_errors(check(request).findings));
  request.paths = {"rules/sloth/openslo-getting-started.in.yml"};
  CHECK_FALSE(nines::has_errors(check(request).findings));
  request.profile = nines::slo::Profile::go_sdk;
  CHECK(nines::render::count(check(request).findings).errors == 2);
}

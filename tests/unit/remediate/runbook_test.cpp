// Runbooks: the programs in shell blocks, days of review, anchors.
#include "domain/remediate/runbook.hpp"

#include <catch2/catch.hpp>

#include "base/day.hpp"

namespace {

using namespace nines::remediate;

std::vector<std::string> programs(std::string_view block, std::string_view fence = "sh") {
  std::vector<std::string> names;
  for (const auto& one :
       runbook_commands("```" + std::string(fence) + "\n" + std::string(block) + "\n```\n"))
    names.push_back(one.program);
  return names;
}

using Names = std::vector<std::string>;

TEST_CASE("programs are the first words of commands", "[runbook]") {
  CHECK(programs("kubectl get pods") == Names{"kubectl"});
  CHECK(programs("$ kubectl get pods") == Names{"kubectl"});
  CHECK(programs("a | b && c; d || e &") == Names{"a", "b", "c", "d", "e"});
  CHECK(programs("psql -c 'select 1; drop | x' | wc -l") == Names{"psql", "wc"});
  CHECK(programs("A=1 B=\"x y\" tool") == Names{"tool"});
  CHECK(programs("sudo -E systemctl restart x") == Names{"systemctl"});
  CHECK(programs("sudo -u pg psql -c 'x'") == Names{"psql"});
  CHECK(programs("ls | xargs -n 1 -r rm") == Names{"ls", "rm"});
  CHECK(programs("tool > out 2>&1") == Names{"tool"});
  CHECK(programs("tool &> out; next") == Names{"tool", "next"});
  CHECK(programs("if grep -q x y; then rm z; fi") == Names{"grep", "rm"});
  CHECK(programs("while ! curl x; do sleep 1; done") == Names{"curl", "sleep"});
  CHECK(programs("tool a \\\n  --not-a-tool b\nnext") == Names{"tool", "next"});
  CHECK(programs("cat <<EOF\nnot a command\nEOF\nnext") == Names{"cat", "next"});
  CHECK(programs("# a comment\ntool # another | one").size() == 1);
  CHECK(programs("helper() {\n  tool\n}\nhelper a") == Names{"tool"});
  CHECK(programs("<your tool> x\n$TOOL y\n${T} z\n./local.sh") == Names{"./local.sh"});
  CHECK(programs("cd /tmp\nexport A=1\necho hi").empty());
}

TEST_CASE("only shell blocks count, and in sessions only what is typed", "[runbook]") {
  CHECK(programs("kubectl", "yaml").empty());
  CHECK(programs("kubectl", "").empty());
  CHECK(programs("$ kubectl get\nNAME READY\n$ helm ls", "console") == Names{"kubectl", "helm"});
  CHECK(programs("kubectl", "bash") == Names{"kubectl"});
  CHECK(programs("kubectl", "sh {linenos=true}") == Names{"kubectl"});
  CHECK(runbook_commands("kubectl get pods").empty());
  CHECK(runbook_commands("x\n```sh\na\n```\ny\n```sh\nb\nb\n").size() == 2);
  CHECK(runbook_commands("x\n```sh\na\n```\n").front().line == 3);
}

TEST_CASE("a review is a day in the text", "[runbook]") {
  CHECK(runbook_reviewed("Last reviewed: 2026-09-01") == nines::parse_day("2026-09-01"));
  CHECK(runbook_reviewed("---\nreviewed: 2026-09-01\n---\n") == nines::parse_day("2026-09-01"));
  CHECK(runbook_reviewed("*Last reviewed:* 2026-09-01") == nines::parse_day("2026-09-01"));
  CHECK(runbook_reviewed("reviewed: 2026-09-01\nreviewed: 2026-10-01") ==
        nines::parse_day("2026-10-01"));
  CHECK_FALSE(runbook_reviewed("We reviewed the 2026-09-01 incident"));
  CHECK_FALSE(runbook_reviewed("reviewed: soon"));
  CHECK_FALSE(runbook_reviewed(""));
}

TEST_CASE("anchors are headings by GitHub's rule", "[runbook]") {
  CHECK(has_heading_anchor("## The pool is empty!", "the-pool-is-empty"));
  CHECK(has_heading_anchor("# A_b-c (d)", "a_b-c-d"));
  CHECK_FALSE(has_heading_anchor("```\n# not one\n```", "not-one"));
  CHECK_FALSE(has_heading_anchor("text", "text"));
}

}  // namespace

// SSH keys made for one test, and rules that know them.
#pragma once

#include <iostream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/process.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "usecases/approval/rules.hpp"

namespace nines::test {

/// Keys made here and now, and the rules that know them.
struct Keys {
  TempFolder folder;
  usecases::ApprovalRules rules;

  Keys() {
    rules.env = own_environment();
    rules.env.erase("SSH_AUTH_SOCK");
  }
  static bool can() {
    if (!find_program("ssh-keygen", own_environment()).empty()) return true;
    std::cout << "SKIPPED: there is no ssh-keygen\n";
    return false;
  }
  ProcessResult keygen(std::vector<std::string> argv, const std::string& input = {}) const {
    argv.insert(argv.begin(), "ssh-keygen");
    return run_process({.argv = std::move(argv),
                        .env = rules.env,
                        .folder = {},
                        .timeout = std::chrono::seconds{60},
                        .input = input});
  }
  usecases::Identity make(const std::string& name, const std::string& type,
                          const std::string& passphrase = {}) const {
    const auto file = folder / name;
    const auto made =
        keygen({"-q", "-t", type, "-N", passphrase, "-C", "test", "-f", file.string()});
    REQUIRE(made.exit_code == 0);
    return {name + "@shop.example", file};
  }
  std::string line(const usecases::Identity& who, const std::string& options = {}) const {
    return who.principal + " " + options + (options.empty() ? "" : " ") +
           read_text(who.key.string() + ".pub");
  }
  void allow(const std::string& lines) {
    rules.allowed_signers = folder / "signers";
    write_text(rules.allowed_signers, lines);
  }
};

}  // namespace nines::test

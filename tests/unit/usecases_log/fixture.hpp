// Sessions on stores in a private folder, and the little that every test of the log does with them.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/holds.hpp"
#include "unit/store/fixture.hpp"
#include "usecases/session.hpp"

namespace nines::test {

/// A session that makes its store, as `ada`.
inline usecases::SessionOptions session_options(const std::filesystem::path& db) {
  usecases::SessionOptions options;
  options.db = db;
  options.write = options.create = true;
  options.clock = test_clock;
  options.actor = "ada";
  options.command = "test";
  return options;
}

/// The store of one person of several: FOLDER/NAME/nines.db.
inline usecases::Session open_session(const TempFolder& folder, const std::string& name) {
  auto options = session_options(folder / name / "nines.db");
  options.actor = name;
  return usecases::Session::open(options);
}

inline Uid place_hold(usecases::Session& session, const std::string& matter = "Acme v. us") {
  store::Transaction tx(session.store(), session.options().actor, "hold add", "litigation");
  const auto uid = store::place_hold(tx, session.store(), matter, "incident/");
  tx.commit();
  return uid;
}

inline void release_hold(usecases::Session& session, const Uid& uid,
                         const std::string& actor = "bob") {
  store::Transaction tx(session.store(), actor, "hold release", std::nullopt);
  store::release_hold(tx, uid);
  tx.commit();
}

inline std::string dump(const usecases::Session& session) {
  return dump_projections(session.store().db());
}

inline std::filesystem::path made_folder(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  return folder;
}

inline void write_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}
inline std::string read_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// The error that `call` ends with; it is a failure when there is none.
template <class Call>
Error error_of(Call call) {
  try {
    call();
  } catch (const Error& e) {
    return e;
  }
  FAIL("no error");
  return Error(ExitCode::bug, "");
}

}  // namespace nines::test

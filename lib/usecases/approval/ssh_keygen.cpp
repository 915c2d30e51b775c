// Runs ssh-keygen with a deadline, without a terminal, and reads its answers.
#include "usecases/approval/ssh_keygen.hpp"

#include <fstream>

#include "base/error.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "domain/log/attestation.hpp"
#include "store/private_file.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;
using End = ProcessResult::End;

constexpr std::string_view kBegin = "-----BEGIN SSH SIGNATURE-----";
constexpr std::string_view kEnd = "-----END SSH SIGNATURE-----";
/// A security key waits for a touch.
constexpr std::chrono::seconds kTimeToSign{60};
constexpr std::chrono::seconds kTimeToVerify{20};
constexpr std::size_t kLongestSignature = 16 * 1024;

/// No terminal and no window to ask in; times of the list are UTC, wherever it is read.
ProcessEnvironment quiet_environment(const ApprovalRules& rules) {
  auto env = rules.env;
  env["SSH_ASKPASS_REQUIRE"] = "never";
  env["TZ"] = "UTC";
  env["LC_ALL"] = "C";
  return env;
}

ProcessResult keygen(std::vector<std::string> argv, const ApprovalRules& rules,
                     const std::string& input, Micros timeout) {
  argv.insert(argv.begin(), "ssh-keygen");
  return run_process({.argv = std::move(argv),
                      .env = quiet_environment(rules),
                      .folder = {},
                      .timeout = timeout,
                      .output_cap = std::size_t{64} * 1024,
                      .input = input});
}

/// What it said last, without what it always says.
std::string complaint_of(const ProcessResult& result) {
  if (result.end == End::not_found) return "there is no ssh-keygen here";
  if (result.end == End::timed_out) return "ssh-keygen gave no answer in time";
  if (result.end != End::exited) return "ssh-keygen could not run to its end";
  std::string last;
  for (const auto raw : split(result.output, '\n')) {
    auto line = trim(raw);
    if (const auto asked = line.find("Enter passphrase: "); asked != std::string_view::npos)
      line.remove_prefix(asked + 18);
    if (line.empty() || line.starts_with("Signing data on") || line.starts_with("Could not verify"))
      continue;
    last = escape_controls(line);
  }
  return last.empty() ? "ssh-keygen does not say why" : fit_width(last, 200);
}

/// A signature where ssh-keygen can read it; gone with this.
class SignatureFile {
 public:
  explicit SignatureFile(const std::string& signature)
      : path_(store::create_staged_file(folder() / "nines-signature")) {
    std::ofstream out(path_, std::ios::binary);  // not synced: nobody looks for it later
    if ((out << signature).flush()) return;
    remove();
    throw Error(ExitCode::io, "cannot write '" + path_.string() + "'", "is the disk full?");
  }
  ~SignatureFile() { remove(); }
  SignatureFile(const SignatureFile&) = delete;
  SignatureFile& operator=(const SignatureFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  void remove() const {
    std::error_code left;  // under the system's folder for temporary files
    fs::remove(path_, left);
  }
  static fs::path folder() {
    std::error_code none;
    const auto found = fs::temp_directory_path(none);
    return none ? fs::path("/tmp") : found;
  }
  fs::path path_;
};

/// "SHA256:…" of "Good … signature … with ED25519 key SHA256:…".
std::string key_in(const ProcessResult& result) {
  if (result.end != End::exited || result.exit_code != 0) return {};
  for (const auto line : split(result.output, '\n')) {
    const auto at = line.rfind(" key SHA256:");
    if (line.starts_with("Good ") && at != std::string_view::npos)
      return std::string(trim(line.substr(at + 5)));
  }
  return {};
}

std::string verify_time(Instant at) {
  std::string digits;
  for (const char c : format_utc(std::chrono::floor<std::chrono::seconds>(at)))
    if (c >= '0' && c <= '9') digits += c;
  return "-Overify-time=" + digits;
}

std::vector<std::string> verify_arguments(const std::string& principal, const SignatureFile& file,
                                          Instant at, const ApprovalRules& rules) {
  return {"-Y", "verify",    "-f",           rules.allowed_signers.string(),
          "-I", principal,   "-n",           std::string(log::kApprovalNamespace),
          "-s", file.path(), verify_time(at)};
}

/// Why a signature that holds is not the principal's: what ssh-keygen does not always say.
std::string why_not_theirs(const std::string& principal, const SignatureFile& file,
                           const std::string& text, Instant at, const std::string& key,
                           const ProcessResult& answer, const ApprovalRules& rules) {
  std::error_code none;
  if (!fs::is_regular_file(rules.allowed_signers, none))
    return "there is no file '" + rules.allowed_signers.string() + "' of allowed signers";
  const auto name = rules.allowed_signers.filename().string();
  const auto has = [&](std::string_view word) {
    return answer.output.find(word) != std::string::npos;
  };
  if (has("key has expired"))
    return "SSH key " + key + " was no longer valid at the time, says " + name;
  if (has("not yet valid"))
    return "SSH key " + key + " was not valid yet at the time, says " + name;
  if (!rules.revoked_keys.empty() &&
      !key_in(keygen(verify_arguments(principal, file, at, rules), rules, text, kTimeToVerify))
           .empty())
    return "SSH key " + key + " is revoked, says " + rules.revoked_keys.filename().string();
  return "SSH key " + key + " is not one of " + principal + " in " + name;
}

}  // namespace

std::string ssh_sign(const Identity& identity, const ApprovalRules& rules,
                     const std::string& text) {
  const auto result = keygen(
      {"-Y", "sign", "-f", identity.key.string(), "-n", std::string(log::kApprovalNamespace)},
      rules, text, kTimeToSign);
  const auto begin = result.output.find(kBegin);
  const auto end = result.output.find(kEnd);
  if (result.end == End::exited && result.exit_code == 0 && begin != std::string::npos &&
      end != std::string::npos && begin < end)
    return result.output.substr(begin, end + kEnd.size() - begin) + "\n";
  Error error(ExitCode::config, "cannot sign with '" + identity.key.string() + "'",
              "ssh-add it, and let identity.key name the public half; see nines-approvals(7)",
              "CANNOT_SIGN");
  if (result.end == End::not_found)
    error = Error(ExitCode::config, "there is no ssh-keygen to sign with",
                  "install OpenSSH's client (Debian: openssh-client)", "NO_SSH_KEYGEN");
  else
    error.note(complaint_of(result));
  throw error;
}

SshCheck ssh_verify(const std::string& principal, const std::string& signature,
                    const std::string& text, Instant at, const ApprovalRules& rules) {
  SshCheck check;
  if (signature.size() > kLongestSignature || !signature.starts_with(kBegin)) {
    check.why = "that is no SSH signature";
    return check;
  }
  const SignatureFile file(signature);
  ProcessResult answer;
  if (!rules.allowed_signers.empty()) {
    auto arguments = verify_arguments(principal, file, at, rules);
    if (!rules.revoked_keys.empty()) {
      arguments.emplace_back("-r");
      arguments.push_back(rules.revoked_keys.string());
    }
    answer = keygen(std::move(arguments), rules, text, kTimeToVerify);
    check.key = key_in(answer);
    check.holds = check.known = !check.key.empty();
    if (check.known) return check;
  }
  const auto bare = keygen(
      {"-Y", "check-novalidate", "-n", std::string(log::kApprovalNamespace), "-s", file.path()},
      rules, text, kTimeToVerify);
  check.key = key_in(bare);
  check.holds = !check.key.empty();
  if (!check.holds)
    check.why = bare.end == End::exited
                    ? "the signature is not one of what is on record: " + complaint_of(bare)
                    : complaint_of(bare);
  else if (!rules.allowed_signers.empty())
    check.why = why_not_theirs(principal, file, text, at, check.key, answer, rules);
  return check;
}

}  // namespace nines::usecases

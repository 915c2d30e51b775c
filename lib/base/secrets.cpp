// The rules by which secrets are known.
#include "base/secrets.hpp"

#include <re2/re2.h>

#include <array>
#include <memory>

namespace nines {
namespace {

struct Rule {
  const char* kind;
  /// What group 1 and 2 hold stays, around what is taken out.
  const char* pattern;
  const char* put;
};

constexpr std::array<Rule, 12> kRules{{
    {"private key",
     R"(()-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY( BLOCK)?-----(?s:.*?)(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY( BLOCK)?-----|\z))",
     "[redacted: private key]"},
    {"cloud key", R"(()\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b)", "[redacted: cloud key]"},
    {"cloud key", R"(()\bAIza[0-9A-Za-z_-]{35})", "[redacted: cloud key]"},
    {"forge token",
     R"(()\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{20,}))",
     "[redacted: forge token]"},
    {"service token",
     R"(()\b(?:xox[abeoprs]-[A-Za-z0-9-]{10,}|[rs]k_(?:live|test)_[A-Za-z0-9]{10,}|hv[sb]\.[A-Za-z0-9_-]{20,}|npm_[A-Za-z0-9]{30,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}))",
     "[redacted: service token]"},
    {"signed token", R"(()\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)",
     "[redacted: signed token]"},
    {"authorization",
     R"((?i)(\b(?:proxy-)?authorization["']?[ \t]*[:=][ \t]*["']?)[^\s"'\[][^\r\n"']*)",
     R"(\1[redacted: authorization])"},
    {"authorization", R"((?i)(\bbearer[ \t]+)[a-z0-9._~+/=-]{16,})",
     R"(\1[redacted: authorization])"},
    {"password in a URL", R"((?i)(\b[a-z][a-z0-9+.-]*://[^\s/:@"']*:)[^\s/@"'\[][^\s/@"']*(@))",
     R"(\1[redacted: password]\2)"},
    {"password",
     R"((?i)((?:^|\s)--?[a-z-]*(?:password|passwd|passphrase|secret|token|api-?key)[ \t]+)[^\s\[-]\S*)",
     R"(\1[redacted: password])"},
    {"secret value",
     R"((?i)(["']?\b[a-z0-9_.-]*(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|encryption[_-]?key|credentials?)["']?[ \t]*(?:=>|[=:])[ \t]*)(?:"[^"\n\[][^"\n]*"|'[^'\n\[][^'\n]*'|[^\s"',;&\[{(][^\s"',;&]*))",
     R"(\1[redacted: secret value])"},
    {"cookie", R"((?i)(\b(?:set-)?cookie["']?[ \t]*:[ \t]*)[^\s\[][^\r\n]*)",
     R"(\1[redacted: cookie])"},
}};

struct Compiled {
  std::array<std::unique_ptr<RE2>, kRules.size()> rules;
  Compiled() {
    RE2::Options options(RE2::Quiet);
    options.set_encoding(RE2::Options::EncodingLatin1);  // output may hold any bytes
    for (std::size_t i = 0; i < kRules.size(); ++i)
      rules[i] = std::make_unique<RE2>(std::string("(?m)") + kRules[i].pattern, options);
  }
};

const Compiled& compiled() {
  static const Compiled kCompiled;
  return kCompiled;
}

}  // namespace

Redacted redact_secrets(std::string_view text, bool cut) {
  if (cut) {
    const auto line = text.rfind('\n');
    text = line == std::string_view::npos ? std::string_view() : text.substr(0, line + 1);
  }
  Redacted result{std::string(text), {}};
  const auto& all = compiled().rules;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const int count = RE2::GlobalReplace(&result.text, *all[i], kRules[i].put);
    result.kinds.insert(result.kinds.end(), static_cast<std::size_t>(count), kRules[i].kind);
  }
  return result;
}

std::string secret_in(std::string_view text) {
  const auto& all = compiled().rules;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *all[i]))
      return kRules[i].kind;
  return {};
}

}  // namespace nines

// Builds the nodes of a Stream from a sequence of parse events, and keeps to the limits.
#include "yaml/builder.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <unordered_map>

namespace nines::yaml {

namespace {

using slo::Code;

/// Above this many keys a hash table beats comparing each pair.
constexpr std::uint32_t kFewKeys = 24;

}  // namespace

Builder::Builder(Stream& stream, const Limits& limits) : stream_(stream), limits_(limits) {
  open_.reserve(16);
}

void Builder::start_document() {
  root_ = nullptr;
  anchors_.clear();
}

void Builder::end_document() {
  if (root_ != nullptr && !root_->is_null()) stream_.documents.push_back(root_);
}

Finding& Builder::report(Code code, std::size_t begin, std::size_t end, std::string message,
                         std::string hint) {
  Finding finding = finding_at(stream_.source, begin, end);
  finding.code = slo::name_of(code);
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  finding.document = static_cast<int>(stream_.documents.size());
  finding.rejected_by = {"spec", "go-sdk", "sloth", "nines"};
  stream_.findings.push_back(std::move(finding));
  return stream_.findings.back();
}

void Builder::stop(Code code, std::size_t begin, std::size_t end, std::string message,
                   std::string hint) {
  report(code, begin, end, std::move(message), std::move(hint));
  stopped_ = true;
}

Node* Builder::make(Node::Kind kind, std::size_t begin, std::size_t end) {
  Node* node = new (stream_.arena->allocate(sizeof(Node), alignof(Node))) Node;
  node->kind = kind;
  node->begin = static_cast<std::uint32_t>(begin);
  node->end = static_cast<std::uint32_t>(end);
  return node;
}

std::string_view Builder::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(stream_.arena->allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

void Builder::place(Node* node) {
  nodes_ += node->alias ? node->weight : 1;
  if (nodes_ > limits_.nodes) {
    stop(Code::too_many_nodes, node->begin, node->end,
         "the file has more than " + std::to_string(limits_.nodes) +
             " values, counting what aliases stand for",
         "split the file, or repeat less through aliases");
    return;
  }
  if (static_cast<int>(open_.size()) + node->height > limits_.depth) {
    stop(Code::too_deep, node->begin, node->end,
         "values are nested more than " + std::to_string(limits_.depth) + " levels deep",
         "no definition needs that: look for a bracket too many");
    return;
  }
  if (open_.empty()) {
    root_ = node;
    return;
  }
  Open& parent = open_.back();
  (parent.last == nullptr ? parent.node->first : parent.last->next) = node;
  parent.last = node;
  ++parent.node->count;
}

void Builder::remember(std::string_view anchor, const Node* node) {
  if (anchor.empty()) return;
  const auto same = std::find_if(anchors_.begin(), anchors_.end(),
                                 [&](const Anchor& a) { return a.name == anchor; });
  if (same != anchors_.end()) {
    same->node = node;
  } else {
    anchors_.push_back({keep(anchor), node});
  }
}

void Builder::scalar(std::string_view text, bool plain, std::size_t begin, std::size_t end,
                     std::string_view anchor) {
  Node* node = make(Node::Kind::scalar, begin, end);
  node->plain = plain;
  const std::string_view source = stream_.source.bytes().substr(begin, end - begin);
  const std::size_t quote = plain ? 0 : 1;
  const bool verbatim =
      source.size() == text.size() + 2 * quote && source.substr(quote, text.size()) == text;
  node->text = verbatim ? source.substr(quote, text.size()) : keep(text);
  remember(anchor, node);
  place(node);
}

void Builder::start(Node::Kind kind, bool flow, std::size_t begin, std::string_view anchor) {
  Node* node = make(kind, begin, begin + 1);
  node->flow = flow;
  remember(anchor, nullptr);
  place(node);
  if (stopped_) return;
  open_.push_back({node, nullptr, anchor.empty() ? anchor : keep(anchor)});
}

void Builder::end(std::size_t end) {
  const Open open = open_.back();
  open_.pop_back();
  Node& node = *open.node;
  // libyaml ends a block collection at the token after it; the last child knows better.
  node.end = node.flow || open.last == nullptr
                 ? static_cast<std::uint32_t>(std::max<std::size_t>(end, node.begin))
                 : open.last->end;
  std::uint8_t height = 0;
  for (const Node* child = node.first; child != nullptr; child = child->next) {
    node.weight += child->weight;
    height = std::max(height, child->height);
  }
  node.height = static_cast<std::uint8_t>(height + 1);
  if (node.is_mapping()) {
    node.count /= 2;
    check_keys(node);
  }
  remember(open.anchor, &node);
}

void Builder::alias(std::string_view name, std::size_t begin, std::size_t end) {
  const auto found = std::find_if(anchors_.begin(), anchors_.end(),
                                  [&](const Anchor& a) { return a.name == name; });
  if (found == anchors_.end()) {
    return stop(Code::alias_unknown, begin, end,
                "alias '*" + std::string(name) + "' names no anchor above it",
                "an anchor is written '&" + std::string(name) +
                    "', in the same document and before its aliases");
  }
  if (found->node == nullptr) {
    return stop(Code::alias_cycle, begin, end,
                "alias '*" + std::string(name) + "' stands inside what it names",
                "a value cannot contain itself");
  }
  Node* node = make(found->node->kind, begin, end);
  *node = *found->node;
  node->begin = static_cast<std::uint32_t>(begin);
  node->end = static_cast<std::uint32_t>(end);
  node->next = nullptr;
  node->alias = true;
  place(node);
}

void Builder::tagged(std::size_t begin, std::size_t end, std::string_view tag) {
  report(Code::tag_refused, begin, end,
         "tag '" + std::string(tag.substr(0, 60)) + "' is not allowed",
         "remove it: types come from the field, text can be put in quotes");
}

void Builder::report_duplicate(const Node& first, const Node& again) {
  const Span span = stream_.source.span(first.begin, first.end);
  report(Code::duplicate_key, again.begin, again.end,
         "key '" + std::string(again.text.substr(0, 60)) + "' stands twice in one map",
         "the first is on line " + std::to_string(span.line) + ": remove one of them");
}

void Builder::check_keys(const Node& mapping) {
  std::unordered_map<std::string_view, const Node*> seen;
  for (const auto& [key, value] : mapping.members()) {
    if (!key.is_scalar() || key.is_null()) {
      report(Code::key_not_text, key.begin, key.end, "a key must be a single word or text",
             "write it as 'name: value'");
      continue;
    }
    if (key.text == "<<" && key.plain) {
      report(Code::merge_key, key.begin, key.end, "merge key '<<' is not allowed",
             value.alias
                 ? "write the members out; one alias per value, as in 'labels: *labels', is fine"
                 : "write the members out where they belong");
      continue;
    }
    if (key.text == "$text") {
      report(Code::reserved_key, key.begin, key.end, "key '$text' is kept for the record format",
             "use another name");
      continue;
    }
    if (mapping.count > kFewKeys) {
      const auto [at, fresh] = seen.emplace(key.text, &key);
      if (!fresh) report_duplicate(*at->second, key);
      continue;
    }
    for (const Node* earlier = mapping.first; earlier != &key; earlier = earlier->next->next) {
      if (earlier->is_scalar() && earlier->text == key.text) {
        report_duplicate(*earlier, key);
        break;
      }
    }
  }
}

}  // namespace nines::yaml

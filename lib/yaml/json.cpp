// Nodes to JSON values and back, without losing a digit.
#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>

#include "yaml/document.hpp"

namespace nines::yaml {

namespace {

/// "0", "42", "-7" within 64 bits, spelt as we would spell it.
std::optional<std::int64_t> canonical_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text == "-0") return std::nullopt;
  return value;
}

/// True for a number that JSON values of the log hold as a string.
bool is_kept_number(std::string_view text) {
  return is_json_number(text) && !canonical_integer(text);
}

Json scalar_json(const Node& node) {
  if (node.is_null()) return Json();
  if (node.is_bool()) return Json(node.is_true());
  if (node.is_number()) {
    const auto integer = canonical_integer(node.text);
    return integer ? Json(*integer) : Json(node.text);
  }
  if (is_kept_number(node.text)) return Json::object({{"$text", Json(node.text)}});
  return Json(node.text);
}

/// Makes nodes in the arena of a stream; texts are views into the value.
class Planter {
 public:
  explicit Planter(std::pmr::monotonic_buffer_resource& arena) : arena_(arena) {}

  Node* plant(const Json& value) {
    if (value.is_array()) return sequence(value.as_array());
    if (value.is_object()) return object(value.as_object());
    Node* node = make(Node::Kind::scalar);
    node->plain = true;
    if (value.is_string()) {
      node->text = value.as_string();
      node->plain = is_kept_number(node->text);
    } else if (value.is_bool()) {
      node->text = value.as_bool() ? "true" : "false";
    } else if (value.is_null()) {
      node->text = "null";
    } else {
      node->text = keep(value.dump());
    }
    return node;
  }

 private:
  Node* make(Node::Kind kind) {
    Node* node = new (arena_.allocate(sizeof(Node), alignof(Node))) Node;
    node->kind = kind;
    return node;
  }

  std::string_view keep(const std::string& text) {
    auto* copy = static_cast<char*>(arena_.allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }

  Node* sequence(const Json::Array& items) {
    Node* node = make(Node::Kind::sequence);
    const Node** link = &node->first;
    for (const Json& item : items) {
      Node* child = plant(item);
      *link = child;
      link = &child->next;
      ++node->count;
    }
    return node;
  }

  Node* object(const Json::Object& members) {
    if (members.size() == 1 && members.front().first == "$text" &&
        members.front().second.is_string()) {
      Node* text = make(Node::Kind::scalar);
      text->text = members.front().second.as_string();
      return text;
    }
    Node* node = make(Node::Kind::mapping);
    const Node** link = &node->first;
    for (const auto& [name, value] : members) {
      Node* key = make(Node::Kind::scalar);
      key->text = name;
      Node* child = plant(value);
      *link = key;
      key->next = child;
      link = &child->next;
      ++node->count;
    }
    return node;
  }

  std::pmr::monotonic_buffer_resource& arena_;
};

}  // namespace

Json to_json(const Node& node) {
  if (node.is_scalar()) return scalar_json(node);
  if (node.is_sequence()) {
    Json::Array items;
    items.reserve(node.count);
    for (const Node& item : node.items()) items.push_back(to_json(item));
    return Json(std::move(items));
  }
  Json::Object members;
  members.reserve(node.count);
  for (const auto& [key, value] : node.members()) {
    if (!key.is_scalar()) continue;
    const auto same = [&name = key.text](const Json::Member& m) { return m.first == name; };
    // A repeated key is an error of its own; the value keeps its promise of unique keys.
    if (node.count <= 24 && std::any_of(members.begin(), members.end(), same)) continue;
    members.emplace_back(std::string(key.text), to_json(value));
  }
  return Json(std::move(members));
}

Stream tree_of(const Json& value, std::string_view file) {
  Stream stream{
      Source({}, file), {}, {}, std::make_unique<std::pmr::monotonic_buffer_resource>(4096)};
  stream.documents.push_back(Planter(*stream.arena).plant(value));
  return stream;
}

}  // namespace nines::yaml

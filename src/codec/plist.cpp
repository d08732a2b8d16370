// Plist and Node: the questions that callers ask of a list, and the repairs that both readers share. Floor 1.
#include "codec/plist.h"

#include "base/text.h"
#include "codec/plist_list.h"

namespace testudo {

using plist_detail::Form;
using plist_detail::is_container;
using plist_detail::no_object;
using plist_detail::Object;

namespace plist_detail {

void set_text(List& list, Object& object, Bytes octets) {
  object.type = Node::Type::text;
  if (!is_ascii(octets) && !is_utf8(as_text(octets))) {
    list.anomaly("plist_bad_text", object.at);
    return set_decoded(list, object, to_utf8(as_text(octets)));
  }
  object.form = Form::plain;
  object.span = {static_cast<std::uint32_t>(octets.data() - list.input.data()),
                 static_cast<std::uint32_t>(octets.size())};
}

void set_decoded(List& list, Object& object, std::string_view octets) {
  object.form = Form::decoded;
  object.span = {static_cast<std::uint32_t>(list.arena.size()), static_cast<std::uint32_t>(octets.size())};
  list.arena.append(octets);
}

namespace {

// One container on the way from the root; `height` is that of its highest child so far.
struct Step {
  std::uint32_t container;
  std::uint32_t height;
  std::uint64_t next;
};

constexpr std::uint32_t unseen = 0;
constexpr std::uint32_t on_the_way = 0xffffffff;

}  // namespace

void cut_cycles(List& list, std::uint32_t depth) {
  const auto container_at = [&](std::uint32_t index) {
    return index < list.objects.size() && is_container(list.objects[index].type);
  };
  if (!container_at(list.root)) return;
  // Height of a finished container: 1 if it holds no other one.
  std::vector<std::uint32_t> heights(list.objects.size(), unseen);
  std::vector<std::uint64_t> cuts;
  std::vector<Step> way{{list.root, 0, 0}};
  heights[list.root] = on_the_way;
  while (!way.empty()) {
    Step& step = way.back();
    const Object& object = list.objects[step.container];
    if (step.next == ref_count(object)) {
      heights[step.container] = step.height + 1;
      way.pop_back();
      continue;
    }
    const std::uint32_t child = list.ref(step.container, step.next);
    if (!container_at(child)) {
      ++step.next;
    } else if (heights[child] == unseen) {
      heights[child] = on_the_way;
      way.push_back({child, 0, 0});
    } else if (heights[child] == on_the_way || heights[child] >= depth) {
      list.anomaly(heights[child] == on_the_way ? "plist_cycle" : "plist_depth", object.at);
      cuts.push_back(std::uint64_t{step.container} << 32 | step.next++);
    } else {
      step.height = std::max(step.height, heights[child]);
      ++step.next;
    }
  }
  std::sort(cuts.begin(), cuts.end());
  list.cuts = std::move(cuts);
}

}  // namespace plist_detail

Plist::Plist(std::unique_ptr<State> state) : state_(std::move(state)) {}
Plist::Plist(Plist&&) noexcept = default;
Plist& Plist::operator=(Plist&&) noexcept = default;
Plist::~Plist() = default;

Result<Plist> Plist::parse(Bytes bytes, PlistLimits limits) {
  if (bytes.size() > plist_detail::largest_list) return error(Fault::limit, "property list too large", 0);
  auto state = std::make_unique<State>();
  state->input = bytes;
  if (as_text(bytes).starts_with("bplist"))
    TRY(plist_detail::read_binary(*state, limits));
  else
    TRY(plist_detail::read_xml(*state, limits));
  return Plist(std::move(state));
}

Node Plist::root() const { return state_->root == no_object ? Node() : Node(this, state_->root); }
const std::vector<PlistAnomaly>& Plist::anomalies() const { return state_->anomalies; }

Node::Type Node::type() const { return list_ == nullptr ? Type::none : list_->state_->objects[index_].type; }

const Object* Node::as(Type wanted) const {
  if (list_ == nullptr) return nullptr;
  const Object& object = list_->state_->objects[index_];
  return object.type == wanted ? &object : nullptr;
}

std::optional<bool> Node::boolean() const {
  const Object* object = as(Type::boolean);
  if (object == nullptr) return std::nullopt;
  return object->integer != 0;
}

std::optional<std::int64_t> Node::integer() const {
  const Object* object = as(Type::integer);
  if (object == nullptr || object->form == Form::huge) return std::nullopt;
  return object->integer;
}

std::optional<double> Node::real() const {
  if (const auto whole = integer()) return static_cast<double>(*whole);
  const Object* object = as(Type::real);
  if (object == nullptr) return std::nullopt;
  return object->real;
}

std::optional<Time> Node::date() const {
  const Object* object = as(Type::date);
  if (object == nullptr || object->form == Form::invalid) return std::nullopt;
  return Time{object->integer};
}

std::optional<std::string_view> Node::text() const {
  const Object* object = as(Type::text);
  if (object == nullptr) return std::nullopt;
  return as_text(list_->state_->span_of(*object));
}

std::optional<Bytes> Node::data() const {
  const Object* object = as(Type::data);
  if (object == nullptr) return std::nullopt;
  return list_->state_->span_of(*object);
}

std::optional<std::uint64_t> Node::uid() const {
  const Object* object = as(Type::uid);
  if (object == nullptr) return std::nullopt;
  return object->uid;
}

std::size_t Node::size() const { return is_container(type()) ? list_->state_->objects[index_].span.count : 0; }

Node Node::operator[](std::size_t i) const {
  const std::size_t n = size();
  if (i >= n) return {};
  const std::uint32_t child = list_->state_->ref(index_, type() == Type::dict ? n + i : i);
  return child == no_object ? Node() : Node(list_, child);
}

std::string_view Node::key(std::size_t i) const {
  if (type() != Type::dict || i >= size()) return {};
  return list_->state_->text_of(list_->state_->ref(index_, i));
}

Node Node::operator[](std::string_view wanted) const {
  if (type() != Type::dict) return {};
  const plist_detail::List& list = *list_->state_;
  const std::size_t n = list.objects[index_].span.count;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t k = list.ref(index_, i);
    if (k == no_object || list.objects[k].type != Type::text || list.objects[k].span.count != wanted.size()) continue;
    if (list.text_of(k) == wanted) return (*this)[i];
  }
  return {};
}

std::uint64_t Node::offset() const { return list_ == nullptr ? 0 : list_->state_->objects[index_].at; }

std::vector<std::string_view> all_texts(const Plist& list, std::size_t limit) {
  std::vector<std::string_view> texts;
  for (const Object& object : list.state_->objects) {
    if (texts.size() >= limit) break;
    if (object.type == Node::Type::text) texts.push_back(as_text(list.state_->span_of(object)));
  }
  return texts;
}

}  // namespace testudo

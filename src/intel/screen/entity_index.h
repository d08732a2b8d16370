// Entities in memory, found by name in well under a millisecond. Floor 3. docs/design/screening.md: keys, bounds,
// figures.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "intel/screen/screen_entity.h"

namespace testudo {

struct ScreenHit {
  double score = 0;                      // 0 to 1: name, qualifiers and rarity together; the higher, the likelier
  double evidence = 0;                   // its logarithm of odds, before score_of
  const ScreenEntity* entity = nullptr;  // belongs to the index
  std::string name;                      // the name of the entity that met
  bool weak = false;                     // it is a weak alias
  std::vector<NameMeeting> meetings;
  std::vector<QualifierEffect> effects;
};

struct EntityIndexState;

// Built once, then asked by any number of threads, each with a Searcher of its own.
class EntityIndex {
 public:
  EntityIndex();
  ~EntityIndex();
  EntityIndex(EntityIndex&&) noexcept;
  EntityIndex& operator=(EntityIndex&&) noexcept;
  // At most 4 million entities; names without a letter are left out. Entities without a name are kept, and never found.
  void add(ScreenEntity entity);
  // Makes the entities added so far findable. Cost: about 10 microseconds a name.
  void finish();
  std::size_t size() const;
  const ScreenEntity& entity(std::size_t at) const;

 private:
  friend class EntitySearcher;
  std::unique_ptr<EntityIndexState> state_;
};

// Working memory of one thread: 8 octets a name of the index and 8 a part. The index must outlive it.
class EntitySearcher {
 public:
  explicit EntitySearcher(const EntityIndex& index);
  ~EntitySearcher();
  EntitySearcher(EntitySearcher&&) noexcept;
  // Hits at or above `least`, best first, one an entity, at most `most`.
  std::vector<ScreenHit> find(std::string_view name, const ScreenQualifiers& asked = {},
                              double least = screen_threshold, std::size_t most = 20);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// One question with a searcher of its own: for a command line. All as EntitySearcher::find.
std::vector<ScreenHit> screen(const EntityIndex& index, std::string_view name, const ScreenQualifiers& asked = {});

// {"query":…,"hits":[{"score","evidence","name","weak","entity","list","programme","schema","caption","countries","birth","listed_on",
// "source","explanation":[{"query","listed","how","similarity","weight"}],"qualifiers":[{"what","values","effect"}]}]}
void append_screen_json(std::string& out, std::string_view query, const std::vector<ScreenHit>& hits);

}  // namespace testudo

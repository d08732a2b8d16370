// Passwords: from a file, the environment or a prompt without echo. Never from the command line, never to a worker.
// Floor 7.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace testudo {

// A secret that is wiped when it goes.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  ~Secret();
  Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.text_.clear(); }
  Secret& operator=(Secret&& other) noexcept {
    std::swap(text_, other.text_);
    return *this;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// `file`: a path, or "-" for standard input; its first line, without the line break. Fault::usage ("password_empty")
// where that holds nothing, and what open_named() says.
Result<Secret> read_password(const std::string& file);
// Of a file as above; without one the environment variable TESTUDO_BACKUP_PASSWORD, unless it is empty, and else a
// prompt on the terminal. Fault::usage ("password_needed") where there is none.
Result<Secret> obtain_password(const std::optional<std::string>& file, const std::string& prompt);

}  // namespace testudo

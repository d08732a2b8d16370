// Blobs: plain files, memory, and files of an encrypted iOS backup decrypted by range. Floor 2.
#include "evidence/blob.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/uio.h>
#include <unistd.h>

namespace testudo {
namespace {

class PlainBlob final : public Blob {
 public:
  PlainBlob(Descriptor file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<void> read(std::uint64_t offset, std::span<std::uint8_t> out) const override {
    return read_exactly(file_.get(), offset, out);
  }

 private:
  Descriptor file_;
  std::uint64_t size_;
};

class MemoryBlob final : public Blob {
 public:
  explicit MemoryBlob(Bytes bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<void> read(std::uint64_t offset, std::span<std::uint8_t> out) const override {
    const std::size_t from = static_cast<std::size_t>(std::min<std::uint64_t>(offset, bytes_.size()));
    const std::size_t there = std::min(out.size(), bytes_.size() - from);
    if (there != 0) std::memcpy(out.data(), bytes_.data() + from, there);
    if (there < out.size()) return error(Fault::truncated, "the octets end here", bytes_.size());
    return {};
  }

 private:
  Bytes bytes_;
};

constexpr std::size_t block = 16;
using Block = std::array<std::uint8_t, block>;

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

class EncryptedBlob final : public Blob {
 public:
  EncryptedBlob(Descriptor file, std::uint64_t stored) : file_(std::move(file)), stored_(stored), size_(stored) {}
  Result<void> set_key(const FileKey& key);
  Result<void> set_size(std::optional<std::uint64_t> plain_size);
  std::uint64_t size() const override { return size_; }
  Result<void> read(std::uint64_t offset, std::span<std::uint8_t> out) const override;

 private:
  Result<void> read_part(std::uint64_t offset, std::span<std::uint8_t> out) const;
  Result<void> decrypt(const std::uint8_t* from, std::uint8_t* to, std::size_t size) const;
  Result<std::uint64_t> without_padding() const;

  Descriptor file_;
  std::uint64_t stored_;  // whole blocks of ciphertext
  std::uint64_t size_;
  // The expanded key costs more than a page to set up, so one context serves all reads; it also carries the vector from
  // one read to the next where they are sequential.
  mutable std::mutex mutex_;
  mutable std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> cipher_;
  mutable std::uint64_t next_ = ~std::uint64_t{0};  // the offset whose vector the context holds
};

Result<void> EncryptedBlob::set_key(const FileKey& key) {
  cipher_.reset(EVP_CIPHER_CTX_new());
  if (!cipher_ || EVP_DecryptInit_ex(cipher_.get(), EVP_aes_256_cbc(), nullptr, key.data(), Block{}.data()) != 1)
    return error(Fault::internal, "AES-256-CBC is not available");
  EVP_CIPHER_CTX_set_padding(cipher_.get(), 0);
  next_ = 0;
  return {};
}

Result<void> EncryptedBlob::set_size(std::optional<std::uint64_t> plain_size) {
  if (stored_ == 0 || (plain_size && stored_ <= *plain_size)) return {};  // not padded, or it lost its end
  size_ = TRY(without_padding());
  // A stated size is only taken where there is no padding, and it leaves at most as many octets: the list may have been
  // written before the file grew, and what is stored beyond it is evidence too.
  if (plain_size && size_ == stored_ && stored_ - *plain_size <= block) size_ = *plain_size;
  return {};
}

// PKCS#7 says how many octets were added by repeating that number. What does not end so was not padded.
Result<std::uint64_t> EncryptedBlob::without_padding() const {
  Block last;
  TRY(read(stored_ - block, last));
  const std::size_t pad = last[block - 1];
  const bool padded = pad >= 1 && pad <= block &&
                      std::all_of(last.end() - static_cast<std::ptrdiff_t>(pad), last.end(),
                                  [&](std::uint8_t octet) { return octet == pad; });
  if (!padded) return stored_;
  // The pages of an SQLite database fill whole blocks: one whose ciphertext is a multiple of 512 was not padded,
  // whatever its last octets look like.
  constexpr std::string_view sqlite_magic("SQLite format 3", block);
  Block first;
  TRY(read(0, first));
  if (stored_ % 512 == 0 && as_text(first) == sqlite_magic) return stored_;
  return stored_ - pad;
}

Result<void> EncryptedBlob::decrypt(const std::uint8_t* from, std::uint8_t* to, std::size_t size) const {
  int got = 0;
  if (EVP_DecryptUpdate(cipher_.get(), to, &got, from, static_cast<int>(size)) != 1 ||
      static_cast<std::size_t>(got) != size)
    return error(Fault::internal, "AES-256-CBC failed");
  return {};
}

Result<void> EncryptedBlob::read(std::uint64_t offset, std::span<std::uint8_t> out) const {
  // Parts small enough to be decrypted while they are still in the processor's cache.
  constexpr std::size_t part = 256 * 1024;
  const std::scoped_lock lock(mutex_);
  while (!out.empty()) {
    if (offset >= size_) return error(Fault::truncated, "the file ends here", size_);
    const auto left = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), size_ - offset));
    const std::size_t now = std::min(left, part - static_cast<std::size_t>(offset % block));
    TRY(read_part(offset, out.first(now)));
    offset += now;
    out = out.subspan(now);
  }
  return {};
}

// Reads in one call: the vector, if it is not at hand; a first block that is wanted in part; whole blocks, straight to
// their place; a last block that is wanted in part.
Result<void> EncryptedBlob::read_part(std::uint64_t offset, std::span<std::uint8_t> out) const {
  Block vector{}, head, tail;
  const std::uint64_t start = offset / block * block;
  const auto skipped = static_cast<std::size_t>(offset - start);
  const std::size_t in_head = skipped == 0 ? 0 : std::min(block - skipped, out.size());
  const std::size_t whole = (out.size() - in_head) / block * block;
  const std::size_t in_tail = out.size() - in_head - whole;
  const bool need_vector = start != next_ && start != 0;

  std::array<iovec, 4> pieces{};
  int count = 0;
  std::size_t wanted = 0;
  const auto add = [&](std::uint8_t* to, std::size_t size) {
    pieces[static_cast<std::size_t>(count++)] = {to, size};
    wanted += size;
  };
  if (need_vector) add(vector.data(), block);
  if (in_head != 0) add(head.data(), block);
  if (whole != 0) add(out.data() + in_head, whole);
  if (in_tail != 0) add(tail.data(), block);

  const std::uint64_t from = need_vector ? start - block : start;
  const std::uint64_t chained = std::exchange(next_, ~std::uint64_t{0});
  ssize_t got = 0;
  do got = ::preadv(file_.get(), pieces.data(), count, static_cast<off_t>(from));
  while (got < 0 && errno == EINTR);
  if (got < 0) return error(Fault::io, std::strerror(errno), offset);
  if (static_cast<std::size_t>(got) != wanted) return error(Fault::truncated, "the file ends here", offset);

  if (start != chained && EVP_DecryptInit_ex(cipher_.get(), nullptr, nullptr, nullptr, vector.data()) != 1)
    return error(Fault::internal, "AES-256-CBC failed");
  if (in_head != 0) {
    TRY(decrypt(head.data(), head.data(), block));
    std::memcpy(out.data(), head.data() + skipped, in_head);
  }
  if (whole != 0) TRY(decrypt(out.data() + in_head, out.data() + in_head, whole));
  if (in_tail != 0) {
    TRY(decrypt(tail.data(), tail.data(), block));
    std::memcpy(out.data() + in_head + whole, tail.data(), in_tail);
  }
  next_ = start + (in_head != 0 ? block : 0) + whole + (in_tail != 0 ? block : 0);
  return {};
}

}  // namespace

Result<std::vector<std::uint8_t>> Blob::all(std::uint64_t limit) const {
  if (size() > limit) return error(Fault::limit, "the file is larger than the limit", limit);
  std::vector<std::uint8_t> octets(static_cast<std::size_t>(size()));
  TRY(read(0, octets));
  return octets;
}

Result<std::unique_ptr<Blob>> plain_blob(Descriptor file) {
  const std::uint64_t size = TRY(size_of(file.get()));
  return std::unique_ptr<Blob>(std::make_unique<PlainBlob>(std::move(file), size));
}

std::unique_ptr<Blob> memory_blob(Bytes bytes) { return std::make_unique<MemoryBlob>(bytes); }

Result<std::unique_ptr<Blob>> encrypted_blob(Descriptor file, const FileKey& key,
                                             std::optional<std::uint64_t> plain_size) {
  const std::uint64_t stored = TRY(size_of(file.get()));
  auto blob = std::make_unique<EncryptedBlob>(std::move(file), stored / block * block);
  TRY(blob->set_key(key));
  TRY(blob->set_size(plain_size));
  return std::unique_ptr<Blob>(std::move(blob));
}

}  // namespace testudo

#include "sandbox/zygote.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace testudo {
namespace {

constexpr std::size_t descriptors_a_message = 128;  // the kernel takes 253 (SCM_MAX_FD)
constexpr std::uint32_t max_descriptors = 65'536;

// The fixed part of an order to the zygote; the request itself comes as a memory file.
struct Order {
  std::uint16_t function;
  std::uint32_t descriptors;  // request and stream included
  WorkerLimits limits;
};

Error system_error(const char* what) { return error(Fault::io, std::string(what) + ": " + std::strerror(errno)); }

Result<void> send_message(int socket, const void* data, std::size_t size, std::span<const int> descriptors) {
  iovec part{const_cast<void*>(data), size};
  std::array<char, CMSG_SPACE(sizeof(int) * descriptors_a_message)> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (!descriptors.empty()) {
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(descriptors.size_bytes());
    std::memcpy(CMSG_DATA(head), descriptors.data(), descriptors.size_bytes());
  }
  while (::sendmsg(socket, &message, MSG_NOSIGNAL) < 0)
    if (errno != EINTR) return system_error("sendmsg");
  return {};
}

// One message into `data`; the descriptors that came with it are appended. False at the end of the stream.
bool receive_message(int socket, void* data, std::size_t size, std::vector<int>& descriptors) {
  iovec part{data, size};
  std::array<char, CMSG_SPACE(sizeof(int) * descriptors_a_message)> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  ssize_t got = 0;
  do got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  if (got <= 0) return false;
  for (cmsghdr* head = CMSG_FIRSTHDR(&message); head != nullptr; head = CMSG_NXTHDR(&message, head)) {
    if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
    std::vector<int> some((head->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    std::memcpy(some.data(), CMSG_DATA(head), some.size() * sizeof(int));
    descriptors.insert(descriptors.end(), some.begin(), some.end());
  }
  return true;
}

// Whether it is the limit of the order that bounds the memory: one that was set for the program may be lower, and
// stays.
bool limit_memory(const WorkerLimits& limits) {
  rlimit memory{};
  if (!worker_memory_is_limited || ::getrlimit(RLIMIT_AS, &memory) != 0 || memory.rlim_cur <= limits.memory)
    return false;
  memory = {limits.memory, limits.memory};
  return ::setrlimit(RLIMIT_AS, &memory) == 0;
}

void limit_the_rest(const WorkerLimits& limits) {
  const rlimit processor{limits.processor_seconds, limits.processor_seconds};
  ::setrlimit(RLIMIT_CPU, &processor);
  const rlimit core{0, 0};
  ::setrlimit(RLIMIT_CORE, &core);
}

[[noreturn]] void work(WorkerFunction function, const Order& order, std::vector<int>& descriptors) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const bool bounded_by_order = limit_memory(order.limits);
  limit_the_rest(order.limits);
  {
    FrameWriter out(descriptors[1]);
    try {
      auto request = read_all(descriptors[0], max_frame);
      if (request) {
        function(*request, std::span<const int>(descriptors).subspan(2), out);
        out.write(FrameKind::done, {});
      } else {
        out.fail(request.error());
      }
    } catch (const std::bad_alloc&) {  // what it found before is passed on
      out.fail(bounded_by_order ? error(Fault::limit, "a worker took all the memory that it may") : no_resources());
    }
  }
  ::_exit(0);
}

void close_all(std::vector<int>& descriptors) {
  for (int fd : descriptors) ::close(fd);
  descriptors.clear();
}

// A worker lives for one job, and takes the same memory again and again: what it gave back to the system in between
// would fault in anew, page by page. Forked workers inherit this.
void keep_freed_memory() {
  constexpr int at_once = 4 << 20, kept = 128 << 20;
  ::mallopt(M_TOP_PAD, at_once);
  ::mallopt(M_TRIM_THRESHOLD, kept);
}

// The parent's variables may hold a password. Octets and all: it would stand in the memory of every worker, and where
// the system shows the variables of a process.
void forget_environment() {
  if (environ == nullptr) return;
  for (char** variable = environ; *variable != nullptr; ++variable) ::explicit_bzero(*variable, std::strlen(*variable));
  ::clearenv();
}

[[noreturn]] void serve(int socket, std::span<const WorkerFunction> functions) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  forget_environment();
  std::signal(SIGINT, SIG_IGN);  // the parent decides what an interrupt means
  std::signal(SIGPIPE, SIG_IGN);
  std::set_terminate([] { ::_exit(1); });  // the parent says it, in a sentence
  keep_freed_memory();
  std::vector<int> descriptors;
  Order order{};
  while (receive_message(socket, &order, sizeof order, descriptors)) {
    char filler = 0;
    bool whole = true;
    while (whole && descriptors.size() < order.descriptors) whole = receive_message(socket, &filler, 1, descriptors);
    int pid = -1;
    if (whole && order.function < functions.size() && descriptors.size() >= 2) pid = ::fork();
    if (pid == 0) {
      ::close(socket);
      work(functions[order.function], order, descriptors);
    }
    close_all(descriptors);
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
    if (!send_message(socket, &pid, sizeof pid, {})) break;
  }
  while (::waitpid(-1, nullptr, 0) > 0 || errno == EINTR) {
  }
  ::_exit(0);
}

}  // namespace

Error no_resources() { return error(Fault::io, "no_resources"); }

bool lacks_resources(const Error& e) { return e.what == no_resources().what; }

Worker::~Worker() {
  if (pid_ > 0) ::kill(pid_, SIGKILL);
}

Result<void> Worker::each_frame(const Error& died, const std::function<Result<void>(const Frame&)>& take) {
  for (;;) {
    const auto frame = TRY(frames_.next());
    if (!frame) return died;
    if (frame->kind == static_cast<std::uint8_t>(FrameKind::done)) break;
    if (frame->kind == static_cast<std::uint8_t>(FrameKind::failed)) return error_of_frame(frame->payload);
    TRY(take(*frame));
  }
  ended();
  return {};
}

namespace {

// Files of a large job are all open at once, here and in the zygote that hands them on.
void allow_many_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

Result<Zygote> Zygote::start(std::span<const WorkerFunction> functions) {
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) return system_error("socketpair");
  allow_many_descriptors();
  const int pid = ::fork();
  if (pid < 0) return system_error("fork");
  if (pid == 0) {
    ::close(pair[0]);
    serve(pair[1], functions);
  }
  ::close(pair[1]);
  return Zygote(pid, Descriptor(pair[0]));
}

Zygote::~Zygote() {
  if (!control_.valid()) return;
  control_.reset();
  // Waiting makes the processor time of all workers count as ours for whoever measures us.
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

Result<Worker> Zygote::run(std::uint16_t function, std::string_view request, std::span<const int> descriptors,
                           WorkerLimits limits) {
  const Error not_started = no_resources();
  const auto question = memory_file("request", as_bytes(request));
  if (!question) return not_started;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return not_started;
  Descriptor from(ends[0]), to(ends[1]);
  ::fcntl(to.get(), F_SETPIPE_SZ, 1 << 20);
  std::vector<int> all{question->get(), to.get()};
  all.insert(all.end(), descriptors.begin(), descriptors.end());
  if (all.size() > max_descriptors) return error(Fault::limit, "too many files for one worker");
  const Order order{function, static_cast<std::uint32_t>(all.size()), limits};
  std::span<const int> rest(all);
  const auto batch = [&] { return rest.first(std::min(rest.size(), descriptors_a_message)); };
  if (!send_message(control_.get(), &order, sizeof order, batch())) return not_started;
  for (rest = rest.subspan(batch().size()); !rest.empty(); rest = rest.subspan(batch().size()))
    if (!send_message(control_.get(), "", 1, batch())) return not_started;
  int pid = -1;
  std::vector<int> none;
  if (!receive_message(control_.get(), &pid, sizeof pid, none) || pid < 0) return not_started;
  return Worker(pid, std::move(from));
}

}  // namespace testudo

// The picture of the device's life in report.html: inline SVG, with the same facts as a table for those who cannot see
// it. Floor 5.
#include <algorithm>
#include <map>

#include "report/html_page.h"
#include "report/html_table.h"
#include "report/life.h"
#include "report/time_axis.h"

namespace testudo {
namespace {

constexpr double bucket = 9;  // marks of one severity that are nearer than this are drawn as one
constexpr double axis_height = 30, top = 12;

// The picture is drawn twice: beside its names for screens and paper, below them for phones. The style sheet shows one.
struct Shape {
  std::string_view name;
  double width, left, right, lane_height;
  double name_above;  // how far a lane's name stands above its middle; 0: beside it
  std::size_t most_ticks;
};
constexpr Shape wide_shape{"wide-screen", 960, 176, 944, 34, 0, 9};
constexpr Shape narrow_shape{"narrow-screen", 380, 8, 372, 48, 15, 4};

class Picture {
 public:
  Picture(const Page& page, const Life& life, const Shape& shape, std::string_view id)
      : page_(page),
        html_(page.html),
        life_(life),
        shape_(shape),
        id_(std::string(id) + "-" + std::string(shape.name)) {
    for (std::size_t i = 0; i < lane_count; ++i)
      if (!life.lanes[i].covered.empty() || !life.lanes[i].marks.empty()) lanes_.push_back(i);
  }

  void draw(const std::string& title) {
    const double bottom = top + shape_.lane_height * static_cast<double>(lanes_.size());
    const Element frame(html_, "div", {{"class", "picture " + std::string(shape_.name)}});
    const Element svg(html_, "svg",
                      {{"viewBox", "0 0 " + svg_number(shape_.width) + " " + svg_number(bottom + axis_height)},
                       {"role", "img"},
                       {"direction", "ltr"},
                       {"aria-labelledby", id_ + "-title " + id_ + "-text"}});
    html_.element("title", title, {{"id", id_ + "-title"}});
    html_.element("desc", in_words(), {{"id", id_ + "-text"}});
    draw_seizure(bottom);
    draw_axis(bottom);
    for (std::size_t row = 0; row < lanes_.size(); ++row) draw_lane(row);
    for (std::size_t row = 0; row < lanes_.size(); ++row) draw_marks(row);
  }

 private:
  double x_of(Time time) const {
    const auto span = static_cast<double>(life_.drawn.last.micros - life_.drawn.first.micros);
    if (span <= 0) return (shape_.left + shape_.right) / 2;
    return shape_.left +
           (shape_.right - shape_.left) * static_cast<double>(time.micros - life_.drawn.first.micros) / span;
  }

  double middle_of(std::size_t row) const {
    return top + shape_.lane_height * (static_cast<double>(row) + 0.5) + shape_.name_above / 2;
  }

  std::string in_words() const {
    std::size_t marks = 0;
    for (const LaneLife& lane : life_.lanes) marks += lane.marks.size();
    return page_.words.say(
        "report.life.in_words",
        {{"from", plain_day(life_.drawn.first)}, {"to", plain_day(life_.drawn.last)}, {"n", std::to_string(marks)}});
  }

  void draw_seizure(double bottom) {
    if (!page_.report.seizure) return;
    const Time from = std::max(page_.report.seizure->from, life_.drawn.first);
    const Time to = std::min(page_.report.seizure->to, life_.drawn.last);
    if (to < from) return;
    html_.leaf("rect", {{"class", "seized"},
                        {"x", svg_number(x_of(from))},
                        {"y", svg_number(top)},
                        {"width", svg_number(std::max(x_of(to) - x_of(from), 2.0))},
                        {"height", svg_number(bottom - top)}});
  }

  void draw_axis(double bottom) {
    double free_from = 0;  // where the label before ends: one at the edge is moved inwards
    for (const Tick& tick : axis_ticks(life_.drawn.first, life_.drawn.last, shape_.most_ticks)) {
      const double x = x_of(tick.at);
      html_.leaf("line", {{"class", "tick"},
                          {"x1", svg_number(x)},
                          {"x2", svg_number(x)},
                          {"y1", svg_number(top)},
                          {"y2", svg_number(bottom + 5)}});
      const double half = 3.6 * static_cast<double>(tick.label.size());
      const double at = std::clamp(x, shape_.left + half, shape_.width - 2 - half);
      if (at - half < free_from) continue;
      free_from = at + half + 6;
      html_.element(
          "text", tick.label,
          {{"class", "axis"}, {"x", svg_number(at)}, {"y", svg_number(bottom + 20)}, {"text-anchor", "middle"}});
    }
    html_.leaf("line", {{"class", "base"},
                        {"x1", svg_number(shape_.left)},
                        {"x2", svg_number(shape_.right)},
                        {"y1", svg_number(bottom)},
                        {"y2", svg_number(bottom)}});
    if (shape_.name_above == 0)
      html_.element("text", "UTC", {{"class", "axis"}, {"x", "2"}, {"y", svg_number(bottom + 20)}});
  }

  void draw_lane(std::size_t row) {
    const auto lane = static_cast<Lane>(lanes_[row]);
    const double y = middle_of(row);
    html_.line().element(
        "text", page_.words.say("report.lane." + std::string(lane_name(lane))),
        {{"class", "lane"}, {"x", "2"}, {"y", svg_number(shape_.name_above > 0 ? y - shape_.name_above : y + 4.5)}});
    html_.leaf("line", {{"class", "rail"},
                        {"x1", svg_number(shape_.left)},
                        {"x2", svg_number(shape_.right)},
                        {"y1", svg_number(y)},
                        {"y2", svg_number(y)}});
    for (const CoveredSpan& span : life_.lanes[lanes_[row]].covered) {
      const double x = x_of(span.first);
      html_.leaf("rect", {{"class", "span"},
                          {"x", svg_number(x)},
                          {"y", svg_number(y - 6)},
                          {"width", svg_number(std::max(x_of(span.last) - x, 2.0))},
                          {"height", "12"},
                          {"rx", "2"}});
    }
  }

  // The least severe first, so that the worst lies on top.
  void draw_marks(std::size_t row) {
    struct Heap {
      Time first, last;
      std::size_t count = 0;
    };
    std::map<std::pair<Severity, long>, Heap> heaps;
    for (const LifeMark& mark : life_.lanes[lanes_[row]].marks) {
      Heap& heap = heaps[{mark.severity, static_cast<long>(x_of(mark.time) / bucket)}];
      if (heap.count++ == 0) heap.first = mark.time;
      heap.last = mark.time;
    }
    for (const auto& [key, heap] : heaps) {
      const Element group(html_, "g");
      html_.element("title", page_.words.say("report.life.mark", {{"severity", severity_word(page_.words, key.first)},
                                                                  {"n", std::to_string(heap.count)},
                                                                  {"time", plain_time(heap.first)}}));
      const double x = (x_of(heap.first) + x_of(heap.last)) / 2;
      draw_severity_shape(html_, key.first, x, middle_of(row), 6);
    }
  }

  const Page& page_;
  Html& html_;
  const Life& life_;
  const Shape& shape_;
  std::string id_;
  std::vector<std::size_t> lanes_;
};

void draw(const Page& page, const Life& life, std::string_view id, const std::string& title) {
  for (const Shape* shape : {&wide_shape, &narrow_shape}) Picture(page, life, *shape, id).draw(title);
}

void write_legend_of_area(const Page& page, std::string_view style, const char* word) {
  const Element item(page.html, "li");
  {
    const Element svg(page.html, "svg", {{"class", "sign"}, {"viewBox", "0 0 16 16"}, {"aria-hidden", "true"}});
    page.html.leaf(
        "rect", {{"class", std::string(style)}, {"x", "0"}, {"y", "4"}, {"width", "16"}, {"height", "8"}, {"rx", "2"}});
  }
  page.html.text(page.words.say(word));
}

void write_legend(const Page& page) {
  const Element list(page.html, "ul",
                     {{"class", "counts legend"}, {"aria-label", page.words.say("report.life.legend")}});
  for (const Severity severity :
       {Severity::critical, Severity::high, Severity::medium, Severity::low, Severity::info}) {
    const Element item(page.html, "li");
    write_severity_mark(page.html, severity);
    page.html.text(severity_word(page.words, severity));
  }
  write_legend_of_area(page, "span", "report.life.covered");
  if (page.report.seizure) write_legend_of_area(page, "seized", "report.life.seized");
}

void write_cell(Html& html, Table::Row& row, const std::optional<Time>& time) {
  const Table::Cell cell(row, time ? Table::Is::value : Table::Is::blank);
  if (time)
    write_time(html, *time);
  else
    html.text("–");
}

void write_table(const Page& page, const Life& life) {
  const Element fold(page.html, "details");
  page.html.element("summary", page.words.say("report.life.as_table"));
  Table table(page.html, page.words.say("report.life.table_caption"),
              {page.words.say("report.column.group"), page.words.say("report.column.first"),
               page.words.say("report.column.last"), page.words.say("report.column.findings"),
               page.words.say("report.column.first_finding"), page.words.say("report.column.last_finding")});
  for (std::size_t i = 0; i < lane_count; ++i) {
    const LaneLife& lane = life.lanes[i];
    if (lane.covered.empty() && lane.marks.empty()) continue;
    const auto whole = lane.whole();
    Table::Row row(table);
    row.text(page.words.say("report.lane." + std::string(lane_name(static_cast<Lane>(i)))), Table::Is::head);
    write_cell(page.html, row, whole ? std::optional(whole->first) : std::nullopt);
    write_cell(page.html, row, whole ? std::optional(whole->last) : std::nullopt);
    row.text(grouped_digits(lane.marks.size()), Table::Is::value, "number");
    write_cell(page.html, row, lane.marks.empty() ? std::nullopt : std::optional(lane.marks.front().time));
    write_cell(page.html, row, lane.marks.empty() ? std::nullopt : std::optional(lane.marks.back().time));
  }
}

}  // namespace

void write_life(const Page& page) {
  const Life life = life_of(page.report);
  const Element section(page.html, "section", {{"aria-labelledby", "life"}});
  write_heading(page, "life", page.words.say("report.heading.life"));
  if (life.drawn.last <= life.drawn.first) {
    page.html.element("p", page.words.say("report.life.none"));
    return;
  }
  const Element figure(page.html, "figure");
  page.html.element("figcaption", page.words.say("report.life.caption", {{"from", plain_day(life.drawn.first)},
                                                                         {"to", plain_day(life.drawn.last)}}));
  draw(page, life, "picture", page.words.say("report.heading.life"));
  write_legend(page);
  if (const auto part = busy_part(life)) {
    const std::string title = page.words.say(
        "report.life.busy", {{"from", plain_day(part->drawn.first)}, {"to", plain_day(part->drawn.last)}});
    page.html.element("h3", title);
    draw(page, *part, "detail", title);
  }
  if (life.undrawn > 0)
    page.html.element("p", page.words.say_count("report.life.undrawn", static_cast<std::int64_t>(life.undrawn)),
                      {{"class", "note"}});
  write_table(page, life);
}

}  // namespace testudo

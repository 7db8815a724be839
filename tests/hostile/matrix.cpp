#include "tests/hostile/matrix.h"

#include <algorithm>
#include <utility>

#include "adapters/sqlite/sqlite_stores.h"
#include "core/check.h"

namespace tidings::hostile {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();
constexpr Duration kStepMax = 20ms;
constexpr std::string_view kPublisherIp = "127.77.0.1";

std::unique_ptr<publisher::Publisher> start_publisher() {
  auto publisher = publisher::Publisher::start(
      {.address = std::string(kPublisherIp), .tls = true, .keeps_requests = false});
  CHECK(publisher);
  return *std::move(publisher);
}

std::unique_ptr<Stores> open_stores(const std::string& folder, const Clock& clock) {
  if (folder.empty()) return std::make_unique<memory::MemoryStores>(clock);
  auto stores = sqlite::open_sqlite({.path = folder + "/hostile.db"}, clock);
  CHECK(stores);
  return *std::move(stores);
}

std::unique_ptr<curl::CurlHttpClient> make_client(const publisher::Publisher& publisher,
                                                  std::size_t transfers_max) {
  curl::CurlSettings settings = publisher.client_settings();
  settings.connections_max = transfers_max;
  settings.policy = AddressPolicy({*parse_ip_range(kPublisherIp)});
  settings.overrides.push_back({.suffix = std::string(kSentToTen), .address = "10.0.0.1:80"});
  auto client = curl::CurlHttpClient::make(settings);
  CHECK(client);
  return *std::move(client);
}

// What is large takes a while: in the short run each form of it comes over one transport.
bool is_left_out(const HostileBehavior& behavior, Form form, bool secure) {
  const bool is_large = behavior.bounds.megabytes > 0 && !runs_in_full();
  return is_large && secure != (form == Form::Atom || form == Form::Json);
}

// One at a time takes a while: each behavior is there as the two forms that have least in common.
bool is_alone(Form form, bool secure) {
  return secure ? form == Form::Json : form == Form::Rss;
}

// Of classes that a busy machine may cause by itself.
bool is_timeout(std::string_view error_class) {
  return error_class == "timeout" || error_class == "too_slow" || error_class == "connect_failed";
}

}  // namespace

Matrix::Matrix(const Behaviors& behaviors, MatrixSettings settings)
    : behaviors_(behaviors),
      settings_(std::move(settings)),
      clock_(kNow),
      publisher_(start_publisher()),
      doors_(std::string(kPublisherIp)),
      stores_(open_stores(settings_.sqlite_folder, clock_)),
      objects_(clock_),
      client_(make_client(*publisher_, settings_.transfers.transfers_max)),
      watched_(*client_, clock_),
      transfers_(watched_, metrics_, clock_, settings_.transfers),
      refresher_({stores_->sources(), stores_->articles(), objects_, transfers_}, appended_,
                 metrics_, clock_, settings_.refresh) {}

Matrix::~Matrix() {
  transfers_.shutdown();
  client_->shutdown();
}

MatrixOutcome Matrix::run() {
  stage();
  good_at_ = clock_.now();
  outcome_.resident_bytes_before = resident_bytes();
  {
    const std::jthread refreshing([this](const std::stop_token& stop) { refresher_.run(stop); });
    while (!staged_.empty() || !running_.empty()) {
      step();
      if (clock_.now() - kNow > settings_.time_max) break;
    }
    good_at_ = Time::max();  // the last ones are to be through as well
    wait_for_good();
    try_good_again();
    wait_for_good();
  }
  for (Running& running : std::exchange(running_, {})) finish(std::move(running));
  finish_good(outcome_);
  outcome_.trap_knocks = doors_.knocks();
  outcome_.forbidden_requests = publisher_->requests(kForbiddenHost);
  outcome_.took = clock_.now() - kNow;
  return std::move(outcome_);
}

void Matrix::wait_for_good() {
  for (const Time until = clock_.now() + 30s; clock_.now() < until && !all_good_are_through();)
    step();
}

// As is_tried_again().
void Matrix::try_good_again() {
  for (Good& good : good_) {
    const auto source = stores_->sources().get(good.id);
    if (!source || !source->state.problem || !is_timeout(source->state.problem->error_class))
      continue;
    good.asked_again_at = clock_.now();
    CHECK(stores_->sources().make_due({&good.id, 1}, clock_.now()));
    ++outcome_.tried_again;
  }
  refresher_.wake();
}

// Large ones last: what is small is not to wait in a worker behind them.
void Matrix::stage() {
  const Doors doors{.publisher_ip = std::string(kPublisherIp),
                    .publisher_port = publisher_->port(),
                    .trap_port = doors_.trap_port(),
                    .full_port = doors_.full_port(),
                    .closed_port = doors_.closed_port()};
  for (const HostileBehavior& behavior : behaviors_) {
    for (const Form form : {Form::Rss, Form::Atom, Form::Rdf, Form::Json}) {
      for (const bool secure : {false, true}) {
        if (settings_.one_at_a_time ? !is_alone(form, secure) : is_left_out(behavior, form, secure))
          continue;
        Cell cell{.behavior = behavior.name, .form = form, .secure = secure, .doors = doors};
        cell.label = behavior.name + "-" + std::string(name_of(form)) + (secure ? "-tls" : "-tcp");
        staged_.push_back({.cell = std::move(cell), .behavior = &behavior});
      }
    }
  }
  std::stable_sort(staged_.begin(), staged_.end(), [](const Staged& a, const Staged& b) {
    return a.behavior->bounds.megabytes > b.behavior->bounds.megabytes;
  });
}

void Matrix::step() {
  std::this_thread::sleep_for(5ms);
  const auto now = steady_clock::now();
  clock_.advance(std::min(std::chrono::duration_cast<Duration>(now - stepped_at_), kStepMax));
  stepped_at_ = now;
  start_what_fits();
  if (clock_.now() >= good_at_) start_good();
  look_at_running();
}

void Matrix::start_what_fits() {
  const std::size_t cells_at_once = settings_.one_at_a_time ? 1 : settings_.cells_at_once;
  const Time young_since = clock_.now() - 2s;
  auto young = static_cast<std::size_t>(
      std::count_if(running_.begin(), running_.end(),
                    [&](const Running& running) { return running.started_at > young_since; }));
  while (!staged_.empty() && running_.size() < cells_at_once &&
         young++ < settings_.young_cells_at_once) {
    const std::size_t more = staged_.back().behavior->bounds.megabytes;
    if (more > 0 && megabytes_ + more > settings_.megabytes_at_once) return;
    megabytes_ += more;
    Staged next = std::move(staged_.back());
    staged_.pop_back();
    start(std::move(next));
  }
}

void Matrix::start(Staged staged) {
  Running running{.staged = std::move(staged), .started_at = clock_.now()};
  const Cell& cell = running.staged.cell;
  running.play = running.staged.behavior->play(cell);
  for (Page& page : running.play.pages)
    publisher_->add_in_turn(page.host, page.path, std::exchange(page.answers, {}));
  publisher_->set_tls(cell.host(), running.play.tls);
  if (!running.play.lookups.empty()) names_.play(cell.label + ".example", running.play.lookups);
  running.url = running.play.url.empty() ? cell.url() : running.play.url;
  running.visits_left = running.play.visits;
  if (settings_.one_at_a_time) cost_.emplace();
  running.id = add_source(running.url);
  running_.push_back(std::move(running));
}

SourceId Matrix::add_source(const std::string& url) {
  const SourceSettings settings{.url = url};
  const auto added = stores_->sources().add({&settings, 1});
  CHECK(added && (*added)[0].is_new);
  refresher_.wake();
  return (*added)[0].id;
}

void Matrix::start_good() {
  good_at_ = clock_.now() + settings_.good_every;
  constexpr Form kForms[] = {Form::Rss, Form::Atom, Form::Rdf, Form::Json};
  const std::string host = "good-" + std::to_string(good_.size()) + ".test";
  publisher_->add(host, "/feed", feed(kForms[good_.size() % 4]));
  const std::string url = (good_.size() % 3 == 0 ? "https://" : "http://") + host + "/feed";
  const Time due_at = clock_.now();
  good_.push_back({.url = url, .id = add_source(url), .due_at = due_at});
}

bool Matrix::all_good_are_through() const {
  return std::all_of(good_.begin(), good_.end(), [this](const Good& good) {
    const auto source = stores_->sources().get(good.id);
    const auto fetched_at = source ? source->state.last_fetched_at : std::nullopt;
    return fetched_at && *fetched_at >= good.asked_again_at;
  });
}

void Matrix::look_at_running() {
  if (cost_) cost_->look();
  if (clock_.now() < looked_at_ + settings_.look_every) return;
  looked_at_ = clock_.now();
  outcome_.resident_bytes_max = std::max(outcome_.resident_bytes_max, resident_bytes());
  outcome_.descriptors_max = std::max(outcome_.descriptors_max, open_descriptors());
  std::vector<Running> left;
  for (Running& running : running_) {
    if (is_through(running)) {
      megabytes_ -= running.staged.behavior->bounds.megabytes;
      if (!is_tried_again(running)) finish(std::move(running));
    } else {
      left.push_back(std::move(running));
    }
  }
  running_ = std::move(left);
}

// Asks again where it is to be visited more often.
bool Matrix::is_through(Running& running) {
  const auto source = stores_->sources().get(running.id);
  CHECK(source);
  const std::optional<Time>& fetched_at = source->state.last_fetched_at;
  if (!fetched_at || fetched_at == running.settled_at) return false;
  running.settled_at = fetched_at;
  if (--running.visits_left == 0) return true;
  clock_.advance(1ms);  // the next visit is told from this one by its time
  CHECK(stores_->sources().make_due({&running.id, 1}, clock_.now()));
  refresher_.wake();
  return false;
}

// Timeouts go by the machine's time: on a busy one they may end what would have answered. Such a
// cell has a second try, and what comes of that counts.
bool Matrix::is_tried_again(const Running& running) {
  const auto source = stores_->sources().get(running.id);
  if (running.staged.is_second_try || !source->state.problem) return false;
  const std::string& error_class = source->state.problem->error_class;
  const Expected& expected = expected_of(running.staged.cell, *running.staged.behavior);
  if (!is_timeout(error_class) ||
      std::ranges::find(expected.classes, error_class) != expected.classes.end())
    return false;
  Staged again = running.staged;
  again.is_second_try = true;
  again.cell.label += "-again";
  staged_.insert(staged_.begin(), std::move(again));  // when all others are through
  ++outcome_.tried_again;
  return true;
}

void Matrix::finish(Running running) {
  CellOutcome outcome{.cell = running.staged.cell, .behavior = running.staged.behavior};
  const auto seen = watched_.seen(running.url);
  if (running.visits_left == 0) {
    outcome.source = *stores_->sources().get(running.id);
    outcome.articles = count_articles(running.id);
  }
  if (seen) {
    outcome.time = seen->last_answered.value_or(clock_.now()) - seen->last_sent;
    outcome.time_to_store = running.settled_at.value_or(clock_.now()) - seen->last_sent;
    outcome.body_bytes_max = seen->body_bytes_max;
  }
  outcome.cost = cost_;
  for (const Page& page : running.play.pages) {
    outcome.bytes_sent += publisher_->bytes_sent(page.host);
    publisher_->add(page.host, page.path, publisher::failure(410));  // lets go of what was large
  }
  outcome_.cells.push_back(std::move(outcome));
}

std::size_t Matrix::count_articles(SourceId id) {
  ArticleQuery query{.source_id = id, .limit = 500};
  std::size_t count = 0;
  while (true) {
    const auto page = stores_->articles().find(query);
    CHECK(page);
    count += page->articles.size();
    if (!page->next) return count;
    query.after = page->next;
  }
}

void Matrix::finish_good(MatrixOutcome& outcome) {
  for (const Good& good : good_) {
    GoodOutcome told{.url = good.url};
    if (const auto seen = watched_.seen(good.url))
      told.start_delay = seen->first_sent - good.due_at;
    const auto source = stores_->sources().get(good.id);
    told.is_stored = source && source->state.last_succeeded_at && !source->state.problem &&
                     count_articles(good.id) == 3;
    if (source && source->state.problem) told.problem = source->state.problem->message;
    outcome.good.push_back(std::move(told));
  }
}

}  // namespace tidings::hostile
